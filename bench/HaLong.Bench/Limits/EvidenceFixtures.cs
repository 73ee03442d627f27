namespace HaLong.Bench.Limits;

/// <summary>The tables of a service's evidence as its migration makes them, and one that has the same columns and nothing else.</summary>
internal static class EvidenceFixtures
{
    public const string Schema = """
        CREATE TABLE evidence (id uuid PRIMARY KEY, occurred_at timestamptz NOT NULL, kind varchar(200) NOT NULL, subject varchar(100) NOT NULL,
            actor varchar(100) NOT NULL, content_hash bytea NOT NULL, partition int, position bigint, previous_hash bytea, hash bytea);
        CREATE UNIQUE INDEX ix_evidence_partition_position ON evidence (partition, position) WHERE position IS NOT NULL;
        CREATE INDEX ix_evidence_waiting ON evidence (id) WHERE position IS NULL;
        CREATE TABLE evidence_head (partition int PRIMARY KEY, position bigint NOT NULL, hash bytea NOT NULL);
        CREATE TABLE evidence_anchor (id uuid PRIMARY KEY, partition int NOT NULL, from_position bigint NOT NULL, to_position bigint NOT NULL,
            root bytea NOT NULL, head bytea NOT NULL, previous_hash bytea NOT NULL, hash bytea NOT NULL, token bytea NOT NULL, stamped_at timestamptz NOT NULL);
        CREATE TABLE plain (id uuid PRIMARY KEY, occurred_at timestamptz NOT NULL, kind varchar(200) NOT NULL, subject varchar(100) NOT NULL,
            actor varchar(100) NOT NULL, content_hash bytea NOT NULL);
        """;

    public static string Insert(string table) =>
        $"INSERT INTO {table} (id, occurred_at, kind, subject, actor, content_hash) VALUES ($1, $2, $3, $4, $5, $6)";
}
