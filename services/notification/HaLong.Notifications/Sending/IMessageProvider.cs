using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Sending;

/// <summary>Somebody who carries messages of one channel.</summary>
internal interface IMessageProvider
{
    /// <summary>Its name in rows, metrics and settings, e.g. smtp.</summary>
    string Name { get; }

    MessageChannel Channel { get; }

    /// <summary>False where it is not set up: then it is never chosen.</summary>
    bool IsOn { get; }

    /// <summary>Hands the message over. Says what happened instead of throwing; throws only when cancelled.</summary>
    Task<ProviderAnswer> SendAsync(OutgoingMessage message, CancellationToken ct);

    /// <summary>What became of an attempt whose answer was lost. Asked before anything is sent again.</summary>
    Task<ProviderReport> FindAsync(string key, DateTimeOffset sentSince, CancellationToken ct);
}

/// <summary>What a provider said to a message.</summary>
internal abstract record ProviderAnswer
{
    private ProviderAnswer()
    {
    }

    /// <summary>Taken, under this id of its own.</summary>
    internal sealed record Accepted(string? Reference) : ProviderAnswer;

    /// <summary>Never to be taken. <paramref name="BadAddress"/>: because nobody is reached there.</summary>
    internal sealed record Refused(string Reason, bool BadAddress = false) : ProviderAnswer;

    /// <summary>Surely not taken now; perhaps later, not before <paramref name="After"/> if given.</summary>
    internal sealed record Later(string Reason, TimeSpan? After = null) : ProviderAnswer;

    /// <summary>The answer was lost: it may have been taken.</summary>
    internal sealed record Unknown(string Reason) : ProviderAnswer;
}

/// <summary>What a provider knows about a message that it was given before.</summary>
internal abstract record ProviderReport
{
    private ProviderReport()
    {
    }

    /// <summary>It has it.</summary>
    internal sealed record Taken(string? Reference) : ProviderReport;

    /// <summary>It arrived.</summary>
    internal sealed record Arrived(string? Reference, DateTimeOffset At) : ProviderReport;

    /// <summary>It had it and gave up.</summary>
    internal sealed record Lost(string? Reference, string Reason, bool BadAddress = false) : ProviderReport;

    /// <summary>It never got it: sending it is no repeat.</summary>
    internal sealed record NotKnown : ProviderReport;

    /// <summary>It honours the key: sending again makes no second message.</summary>
    internal sealed record SafeToRepeat : ProviderReport;

    /// <summary>It cannot say, and a repeat may be a second message.</summary>
    internal sealed record CannotTell : ProviderReport;

    /// <summary>It cannot be asked at the moment.</summary>
    internal sealed record Away(string Reason) : ProviderReport;
}
