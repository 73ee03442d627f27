namespace HaLong.Notifications.Persistence;

/// <summary>The exchange begins with what happens from now on; what was before is in the feed.</summary>
internal static class AmqpSql
{
    public const string Up = "INSERT INTO amqp_cursor (id, position, moved_at) SELECT 1, coalesce(max(position), 0), now() FROM public_event";
}
