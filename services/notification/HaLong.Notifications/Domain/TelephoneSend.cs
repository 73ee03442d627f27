namespace HaLong.Notifications.Domain;

/// <summary>A place that a notice took among those which may ring a person's telephone in a time: one, through however many devices or channels.</summary>
internal sealed class TelephoneSend
{
    public required Guid RecipientId { get; init; }

    /// <summary>Hash of kind and trigger.</summary>
    public required long NoticeHash { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Hash of the text.</summary>
    public required long TextHash { get; init; }
}
