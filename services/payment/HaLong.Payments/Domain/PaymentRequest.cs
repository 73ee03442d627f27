using System.Globalization;
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

/// <summary>Money asked for a dossier (yêu cầu thanh toán). What can happen to it is <see cref="PaymentGraph"/>.</summary>
internal sealed partial class PaymentRequest
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

    /// <summary>Number of the last change of state, from 1.</summary>
    public int Sequence { get; private set; }

    /// <summary>Đồng that an official accepted as part of what is due; the rest is still asked for.</summary>
    public long Held { get; private set; }

    /// <summary>Đồng given back so far.</summary>
    public long Refunded { get; private set; }

    /// <summary>Đồng still to be paid.</summary>
    public long Remaining => Amount - Held;

    /// <summary>Đồng that can still be given back.</summary>
    public long Refundable => State is PaymentState.Settled or PaymentState.PartiallyRefunded ? Amount - Refunded : 0;

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? SettledAt { get; private set; }

    public DateTimeOffset? ExpiredAt { get; private set; }

    public DateTimeOffset? CancelledAt { get; private set; }

    /// <summary>Why nothing is due any more: withdrawn, stopped or notAccepted; null while something is.</summary>
    public string? CancelReason { get; private set; }

    /// <summary>The notice that paid; null when nothing has, or cash did.</summary>
    public Guid? NoticeId { get; private set; }

    /// <summary>Counted here so that a new attempt changes the revision.</summary>
    public int AttemptCount { get; private set; }

    public uint Version { get; private init; }

    public IReadOnlyList<PaymentItem> Items => items;

    public IReadOnlyList<PaymentAttempt> Attempts => attempts;

    public static Result<PaymentRequest> Open(
        PaymentPurpose purpose, IReadOnlyList<PaymentItem> items, Beneficiary beneficiary, string reference, DateTimeOffset now, TimeSpan lifetime,
        string moment = AtFiling, bool offered = true)
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
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        };
        request.items.AddRange(items);
        request.Enter(null, offered ? PaymentState.Pending : PaymentState.Created, now);
        return request;
    }

    /// <summary>Why nobody should pay now; nothing when he may.</summary>
    public Error? RefusalToPay(DateTimeOffset now) => State switch
    {
        PaymentState.Settled or PaymentState.PartiallyRefunded or PaymentState.Refunded => PaymentErrors.AlreadySettled,
        PaymentState.Created => PaymentErrors.NotYetDue,
        PaymentState.Processing => PaymentErrors.UnderWay,
        PaymentState.Unknown => PaymentErrors.OutcomeUnknown,
        PaymentState.Expired => PaymentErrors.Expired,
        PaymentState.Cancelled => PaymentErrors.Cancelled,
        _ when now >= ExpiresAt => PaymentErrors.Expired,
        _ => null,
    };

    /// <summary>Somebody sets out to pay: by a transfer that he makes himself, or at a provider that takes him over.</summary>
    /// <param name="method">vietqr or the name of a provider.</param>
    /// <param name="providers">The providers there are.</param>
    /// <param name="actorId">Who sets out.</param>
    /// <param name="now">When, UTC.</param>
    public Result<PaymentAttempt> StartAttempt(string? method, IReadOnlySet<string> providers, Guid actorId, DateTimeOffset now)
    {
        if (method is null || (method != VietQrMethod && !providers.Contains(method)))
            return PaymentErrors.UnknownMethod;
        if (RefusalToPay(now) is { } refusal)
            return refusal;
        AttemptCount++;
        var taken = method != VietQrMethod;
        var attempt = new PaymentAttempt
        {
            Id = Guid.CreateVersion7(now),
            Method = method,
            ActorId = actorId,
            CreatedAt = now,
            OrderNumber = taken ? string.Create(CultureInfo.InvariantCulture, $"{Reference}{AttemptCount:00}") : null,
            Amount = taken ? Remaining : 0,
        };
        attempts.Add(attempt);
        if (taken)
            Move(PaymentStep.Begin, now);
        return attempt;
    }
}
