namespace HaLong.Notifications.Persistence;

/// <summary>Carries messages from before there was a queue over into it.</summary>
internal static class SendingSql
{
    // The orders to send are the rows themselves now; those on the bus find no consumer and nothing to do.
    public const string Up = """
        UPDATE message SET due_at = created_at, template_version = 1, class = 1;
        UPDATE message SET state = 'delivered', delivered_at = created_at WHERE channel = 'inApp';
        DELETE FROM outbox_message WHERE type IN ('halong.notification.send-email.v1', 'halong.notification.send-sms.v1');
        """;

    public const string Down = """
        UPDATE message SET state = 'sent' WHERE state = 'delivered';
        UPDATE message SET state = 'failed' WHERE state IN ('expired', 'cancelled');
        """;
}
