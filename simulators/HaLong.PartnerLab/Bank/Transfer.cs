namespace HaLong.PartnerLab.Bank;

/// <summary>What became of a booked transfer's notice.</summary>
internal enum TransferState
{
    Booked,
    Notified,
    Refused,
    Unreachable,
    Dropped,
}

/// <summary>One try to tell the receiver; status 0 = no answer.</summary>
internal sealed record NoticeAttempt(DateTimeOffset At, int Status);

/// <summary>A transfer that the simulated bank booked; told by itself, or in a list of the second bank.</summary>
internal sealed record Transfer(
    Guid Id,
    string EventId,
    string Bin,
    string Account,
    long Amount,
    string Remittance,
    DateTimeOffset BookedAt,
    TransferState State,
    IReadOnlyList<NoticeAttempt> Attempts,
    bool InStatement = false);
