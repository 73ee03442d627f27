namespace HaLong.Notifications.Persistence;

/// <summary>Carries subscriptions from before there were proofs and several secrets over.</summary>
internal static class SubscriptionsSql
{
    /// <summary>Run while the old column is still there. Who gets events already goes on getting them: the address has shown that it wants them.</summary>
    public const string Up = """
        INSERT INTO subscription_secret (id, subscription_id, sealed, created_at) SELECT id, id, secret, created_at FROM subscription;
        UPDATE subscription SET state_since = created_at, proved_at = created_at;
        """;

    /// <summary>Run before the table of secrets goes: what one column cannot hold is lost.</summary>
    public const string Down = """
        UPDATE subscription s SET secret = (SELECT k.sealed FROM subscription_secret k WHERE k.subscription_id = s.id ORDER BY k.created_at DESC LIMIT 1);
        UPDATE subscription SET state = 'paused' WHERE state <> 'active';
        """;
}
