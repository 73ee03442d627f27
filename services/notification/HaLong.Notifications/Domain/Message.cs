namespace HaLong.Notifications.Domain;

internal enum MessageChannel
{
    InApp,
    Email,
    Sms,
    Zalo,
    Push,
}

internal enum MessageState
{
    /// <summary>Recorded; waits for its turn, its hour or its next attempt.</summary>
    Pending,

    /// <summary>The provider took it; whether it arrived is not known yet, or never will be.</summary>
    Sent,

    /// <summary>The provider reported that it arrived.</summary>
    Delivered,

    /// <summary>Given up: a dead letter that can be driven again.</summary>
    Failed,

    /// <summary>It was not worth sending any more.</summary>
    Expired,

    /// <summary>It did not have to be sent: its condition no longer held, or its reader wants none.</summary>
    Cancelled,
}

/// <summary>What one person was told about one fact through one channel.</summary>
internal sealed class Message
{
    private const int LongestReason = 500;

    public required Guid Id { get; init; }

    public required Guid RecipientId { get; init; }

    /// <summary>The dossier it is about; null for what is about the account.</summary>
    public Guid? DossierId { get; init; }

    public string? DossierCode { get; init; }

    /// <summary>Which notice, e.g. dossier-accepted.</summary>
    public required string Kind { get; init; }

    public NoticeClass Class { get; init; } = NoticeClass.Status;

    /// <summary>The fact that caused it; with recipient, channel and target it makes the message unique.</summary>
    public required string Trigger { get; init; }

    public required MessageChannel Channel { get; init; }

    /// <summary>Which of several devices; empty where the channel has one address.</summary>
    public string Target { get; init; } = "";

    public required string Language { get; init; }

    public required string Title { get; init; }

    public required string Body { get; init; }

    /// <summary>HTML alternative of an e-mail.</summary>
    public string? Html { get; init; }

    /// <summary>What a provider fills its own template with, as JSON; null where the text is ours.</summary>
    public string? Data { get; init; }

    /// <summary>The version of the template that it was written from.</summary>
    public int TemplateVersion { get; init; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Next attempt; while an attempt runs, when it counts as lost.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>Not sent any more after this; null: never too late.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Channels to try, in this order, when this one fails for good.</summary>
    public string[] Fallback { get; init; } = [];

    /// <summary>Must still hold when it is sent; null: sent anyhow.</summary>
    public string? Condition { get; init; }

    /// <summary>Trace of the fact.</summary>
    public string? TraceParent { get; init; }

    public MessageState State { get; private set; }

    /// <summary>Claims so far; the fence: who lost its claim changes nothing.</summary>
    public int Claim { get; private set; }

    /// <summary>Attempts to hand it to a provider.</summary>
    public int Attempts { get; private set; }

    /// <summary>Attempts that were made before it was driven again: the schedule begins anew after them.</summary>
    public int AttemptsBefore { get; private set; }

    /// <summary>Why it is not where it should be: a short word, never an address.</summary>
    public string? LastError { get; private set; }

    /// <summary>Who has it, or was asked last to take it, e.g. smtp.</summary>
    public string? Provider { get; private set; }

    /// <summary>The provider's own id of it.</summary>
    public string? ProviderReference { get; private set; }

    /// <summary>The answer to an attempt was lost and its provider cannot say whether it took it: sent again, it may arrive twice.</summary>
    public bool MayBeTwice { get; private set; }

    /// <summary>The next channel was told to take over: that happens once, however often this one fails.</summary>
    public bool HandedOn { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    public DateTimeOffset? DeliveredAt { get; private set; }

    /// <summary>When its reader called it unwanted.</summary>
    public DateTimeOffset? ComplainedAt { get; private set; }

    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>How often it was driven again after its provider had said what became of it.</summary>
    public int Round { get; private set; }

    /// <summary>
    /// The provider's idempotency key: one for all attempts, so that a repeat is no second message. Driven again after the provider lost it, it is a
    /// new one: who has the old key would take the repeat for what it has.
    /// </summary>
    public string Key => Round == 0 ? Id.ToString("N") : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Id:N}-{Round}");

    /// <summary>Attempts since it was first due, or since it was driven again.</summary>
    public int Tries => Attempts - AttemptsBefore;

    public void Schedule(DateTimeOffset dueAt) => DueAt = dueAt;

    /// <summary>An attempt begins; to be saved before the provider is asked.</summary>
    public void Begin(string provider) => (Attempts, Provider) = (Attempts + 1, provider);

    /// <summary>Whoever holds a claim on it loses it: something else has become of the message meanwhile.</summary>
    public void Fence() => Claim++;

    public void MarkSent(DateTimeOffset now, string? provider = null, string? reference = null)
    {
        (State, SentAt, LastError, Provider, ProviderReference) = (MessageState.Sent, now, null, provider, reference);
    }

    public void MarkDelivered(DateTimeOffset at)
    {
        (State, DeliveredAt, LastError) = (MessageState.Delivered, at, null);
        SentAt ??= at;
    }

    /// <summary>The provider's id, learnt after the provider itself had told what became of the message.</summary>
    public void Recognise(DateTimeOffset sentAt, string provider, string? reference)
    {
        (Provider, ProviderReference) = (provider, reference ?? ProviderReference);
        SentAt ??= sentAt;
    }

    public void MarkComplained(DateTimeOffset at) => ComplainedAt ??= at;

    /// <summary>Tried again at the time given.</summary>
    public void PutOff(DateTimeOffset until, string? reason) => (DueAt, LastError) = (until, Short(reason));

    /// <summary>Waits without an attempt.</summary>
    public void GiveBack(DateTimeOffset until, string? reason) => PutOff(until, reason);

    /// <summary>Over without having been sent.</summary>
    public void End(MessageState state, string reason) => (State, LastError) = (state, Short(reason));

    /// <summary>A dead letter is due again, with all its attempts before it.</summary>
    /// <param name="now">When.</param>
    /// <param name="inDoubt">An attempt has no answer yet: its key must stay, for its provider is asked by it.</param>
    public void Redrive(DateTimeOffset now, bool inDoubt)
    {
        Fence();
        Round += inDoubt ? 0 : 1;
        (State, DueAt, AttemptsBefore) = (MessageState.Pending, now, Attempts);
    }

    public void MarkUncertain() => MayBeTwice = true;

    /// <summary>True the first time.</summary>
    public bool HandOn() => !HandedOn && (HandedOn = true);

    private static string? Short(string? reason) => reason?.Length > LongestReason ? reason[..LongestReason] : reason;
}
