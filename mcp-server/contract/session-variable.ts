/** How the terminal tells a server it starts which session it serves, so that the session outlives a crash of either. */
export const SESSION_VARIABLE = 'AIOPS_SESSION';
