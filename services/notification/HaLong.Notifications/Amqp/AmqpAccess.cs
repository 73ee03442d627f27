namespace HaLong.Notifications.Amqp;

/// <summary>A partner's user at the broker. Its password is not kept: it is derived from the platform's key and the salt of this row.</summary>
internal sealed class AmqpAccess
{
    /// <summary>The OAuth client; it has one user.</summary>
    public required string Client { get; init; }

    public required byte[] Salt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset PasswordSetAt { get; set; }

    /// <summary>Idempotency key of the request that set the password.</summary>
    public string? RequestKey { get; set; }

    /// <summary>When the broker had this password and these rights; null while it has not.</summary>
    public DateTimeOffset? AppliedAt { get; set; }

    public uint Version { get; private set; }
}

/// <summary>Up to which place in the log events were published to the exchange: one row.</summary>
internal sealed class AmqpCursor
{
    public required short Id { get; init; }

    public required long Position { get; init; }

    public required DateTimeOffset MovedAt { get; init; }
}
