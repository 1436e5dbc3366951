/** Titles of the database tables of the chat. */
export type DatabaseTitles = {
  engine: string;
  class: string;
  storage: string;
  cluster: string;
  replicas: string;
  replicaOf: string;
  parameters: string;
  pending: string;
  source: string;
  load: string;
  vcpus: string;
  wait: string;
  statement: string;
  calls: string;
  users: string;
  hosts: string;
};
