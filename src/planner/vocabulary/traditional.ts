const PAIRS =
  '啟启實实機机開开關关動动終终刪删銷销殺杀擴扩縮缩調调設设變变為为選选圖图樣样時时間间個个們们這这過过還还會会來来對对將将誰谁麼么嗎吗請请幫帮顯显檢检查查詢询錄录總总結结匯汇報报日日誌志錯错誤误連连線线務务數数據据庫库負负載载衡衡費费帳账單单區区域域資资執执運运監监測测觸触發发響响應应態态狀状權权組组規规則则網网絡络絕绝絡络處处裡里後后復复回回滾滚滿满壞坏慢慢問问題题無无沒没別别從从與与內内記记憶忆體体硬硬碟盘磁磁盤盘臺台兩两幾几種种類类標标籤签環环產产備备給给讓让說说東东車车見见現现狀状確确認认點点鐘钟際际雲云端端異异覺觉預预測测訊讯訪访換换啓启伺服僅仅審审計计讀读寫写進进階阶層层輸输歷历臨临電电腦脑儲储存存鏡镜該该聯联繫系係系屬属構构築筑';

function pairs(): Map<string, string> {
  const chars = [...PAIRS];
  const map = new Map<string, string>();
  for (let at = 0; at + 1 < chars.length; at += 2) {
    const [from, to] = [chars[at], chars[at + 1]];
    if (from !== undefined && to !== undefined && from !== to) map.set(from, to);
  }
  return map;
}

/** Traditional characters and the simplified ones the Chinese vocabulary is written in. */
export const TRADITIONAL: ReadonlyMap<string, string> = pairs();
