using HaLong.ServiceDefaults;

namespace HaLong.Payments.Domain;

/// <summary>What a payment request is opened for.</summary>
internal sealed record PaymentPurpose(
    Guid DossierId,
    string DossierCode,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId,
    Guid ActorId,
    string Channel);

/// <summary>Money asked for a dossier (yêu cầu thanh toán): pending until a bank notice settles it, its time is over or its dossier is closed.</summary>
internal sealed class PaymentRequest
{
    /// <summary>The amount field of a VietQR code has 13 digits.</summary>
    public const long MaxAmount = 9_999_999_999_999;

    /// <summary>Charged at filing; a dossier has at most one request for each moment of charging.</summary>
    public const string AtFiling = "atFiling";

    public const string VietQrMethod = "vietqr";

    private readonly List<PaymentItem> items = [];
    private readonly List<PaymentAttempt> attempts = [];

    private PaymentRequest()
    {
    }

    public Guid Id { get; private init; }

    public Guid DossierId { get; private init; }

    public string DossierCode { get; private init; } = "";

    public string ProcedureCode { get; private init; } = "";

    /// <summary>The collecting agency.</summary>
    public string UnitCode { get; private init; } = "";

    /// <summary>Who owes.</summary>
    public Guid OwnerId { get; private init; }

    /// <summary>Who filed the dossier.</summary>
    public Guid ActorId { get; private init; }

    public string Channel { get; private init; } = "";

    public string Moment { get; private init; } = AtFiling;

    public string Reference { get; private init; } = "";

    /// <summary>Đồng, the sum of the items.</summary>
    public long Amount { get; private init; }

    public Beneficiary Beneficiary { get; private init; } = new("", "", "", true);

    public PaymentState State { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset ExpiresAt { get; private init; }

    public DateTimeOffset? SettledAt { get; private set; }

    public DateTimeOffset? ExpiredAt { get; private set; }

    public DateTimeOffset? CancelledAt { get; private set; }

    /// <summary>Why nothing is due any more: withdrawn, stopped or notAccepted; null while something is.</summary>
    public string? CancelReason { get; private set; }

    /// <summary>The notice that paid.</summary>
    public Guid? NoticeId { get; private set; }

    /// <summary>Counted here so that a new attempt changes the revision.</summary>
    public int AttemptCount { get; private set; }

    public uint Version { get; private init; }

    public IReadOnlyList<PaymentItem> Items => items;

    public IReadOnlyList<PaymentAttempt> Attempts => attempts;

    public static Result<PaymentRequest> Open(
        PaymentPurpose purpose, IReadOnlyList<PaymentItem> items, Beneficiary beneficiary, string reference, DateTimeOffset now, TimeSpan lifetime,
        string moment = AtFiling)
    {
        if (items.Any(i => i.Amount is < 0 or > MaxAmount))
            return PaymentErrors.BadAmount;
        var total = items.Aggregate(0m, (sum, item) => sum + item.Amount);
        if (total is <= 0 or > MaxAmount)
            return PaymentErrors.BadAmount;
        var request = new PaymentRequest
        {
            Id = Guid.CreateVersion7(now),
            DossierId = purpose.DossierId,
            DossierCode = purpose.DossierCode,
            ProcedureCode = purpose.ProcedureCode,
            UnitCode = purpose.UnitCode,
            OwnerId = purpose.OwnerId,
            ActorId = purpose.ActorId,
            Channel = purpose.Channel,
            Moment = moment,
            Reference = reference,
            Amount = (long)total,
            Beneficiary = beneficiary,
            State = PaymentState.Pending,
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        };
        request.items.AddRange(items);
        return request;
    }

    /// <summary>Why nobody should pay now; nothing when he may.</summary>
    public Error? RefusalToPay(DateTimeOffset now) => State switch
    {
        PaymentState.Settled => PaymentErrors.AlreadySettled,
        PaymentState.Expired => PaymentErrors.Expired,
        PaymentState.Cancelled => PaymentErrors.Cancelled,
        _ when now >= ExpiresAt => PaymentErrors.Expired,
        _ => null,
    };

    public Result<PaymentAttempt> StartAttempt(string? method, Guid actorId, DateTimeOffset now)
    {
        if (method != VietQrMethod)
            return PaymentErrors.UnknownMethod;
        if (RefusalToPay(now) is { } refusal)
            return refusal;
        var attempt = new PaymentAttempt(Guid.CreateVersion7(now), VietQrMethod, actorId, now);
        attempts.Add(attempt);
        AttemptCount++;
        return attempt;
    }

    /// <summary>
    /// Settles the request, or tells why the notice does not pay it. The bank's booking time decides about lateness:
    /// a payer must not lose because the notice took its time.
    /// </summary>
    public MismatchReason? Settle(BankNotice notice, DateTimeOffset now)
    {
        if (State.Next(PaymentStep.Settle) is not { } next)
            return LateReason;
        if (notice.BookedAt > ExpiresAt)
            return MismatchReason.Expired;
        if (notice.Bin != Beneficiary.Bin || !string.Equals(notice.Account, Beneficiary.Account, StringComparison.OrdinalIgnoreCase))
            return MismatchReason.WrongAccount;
        if (notice.Amount != Amount)
            return MismatchReason.WrongAmount;
        (State, SettledAt, NoticeId) = (next, now, notice.Id);
        return null;
    }

    /// <summary>What money is that comes when the request is no longer open.</summary>
    private MismatchReason LateReason => State switch
    {
        PaymentState.Settled => MismatchReason.AlreadySettled,
        PaymentState.Cancelled => MismatchReason.DossierClosed,
        _ => MismatchReason.Expired,
    };

    /// <summary>Nothing is due any more; false when it is not pending: what was paid or has lapsed stays so.</summary>
    public bool Cancel(string reason, DateTimeOffset now)
    {
        if (State.Next(PaymentStep.Cancel) is not { } next)
            return false;
        (State, CancelledAt, CancelReason) = (next, now, reason);
        return true;
    }

    /// <summary>Lets the request lapse; false when it is not pending or not yet due.</summary>
    public bool Expire(DateTimeOffset now)
    {
        if (now < ExpiresAt || State.Next(PaymentStep.Expire) is not { } next)
            return false;
        (State, ExpiredAt) = (next, now);
        return true;
    }
}
