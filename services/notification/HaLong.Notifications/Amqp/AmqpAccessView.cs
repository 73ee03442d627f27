namespace HaLong.Notifications.Amqp;

/// <summary>How a partner connects and what it may take.</summary>
/// <param name="Address">Where to connect; null where the operator tells it by other means.</param>
/// <param name="VirtualHost">Virtual host of the broker.</param>
/// <param name="User">User name.</param>
/// <param name="Password">Shown once; null in later answers.</param>
/// <param name="Exchange">Topic exchange to bind to.</param>
/// <param name="QueuePrefix">How the names of the partner's queues begin.</param>
/// <param name="Ready">False while the broker has not taken it over yet.</param>
/// <param name="CreatedAt">When the access was made.</param>
/// <param name="PasswordSetAt">When the password was made.</param>
/// <param name="Limits">What is kept for the partner.</param>
internal sealed record AmqpAccessView(
    string? Address, string VirtualHost, string User, string? Password, string Exchange, string QueuePrefix, bool Ready, DateTimeOffset CreatedAt,
    DateTimeOffset PasswordSetAt, AmqpLimitsView Limits)
{
    public static AmqpAccessView Of(AmqpAccess access, BrokerAddress broker, AmqpOptions options, string? password) => new(
        options.Address, broker.VirtualHost, PartnerNames.User(access.Client), password, PublicExchange.Name, PartnerNames.QueuePrefix(access.Client),
        access.AppliedAt is not null, access.CreatedAt, access.PasswordSetAt,
        new AmqpLimitsView(
            options.QueueLength, options.QueueBytes, (long)options.MessageLife.TotalSeconds, (long)options.QueueLife.TotalSeconds, options.MaxConnections,
            options.MaxChannels));
}

/// <summary>What a partner may take of the broker.</summary>
/// <param name="QueueLength">Messages in a queue; the oldest give way.</param>
/// <param name="QueueBytes">Bytes in a queue; the oldest give way.</param>
/// <param name="MessageSeconds">Seconds until a message that nobody took is dropped.</param>
/// <param name="QueueSeconds">Seconds until a queue that nobody used is removed.</param>
/// <param name="MaxConnections">Connections at a time.</param>
/// <param name="MaxChannels">Channels at a time.</param>
internal sealed record AmqpLimitsView(int QueueLength, long QueueBytes, long MessageSeconds, long QueueSeconds, int MaxConnections, int MaxChannels);
