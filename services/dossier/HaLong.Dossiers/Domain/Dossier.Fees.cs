using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>What an official decides about the proof of a claim.</summary>
/// <param name="Category">The category that was claimed.</param>
/// <param name="Accepted">Whether the proof is accepted.</param>
/// <param name="Difference">With a refusal: what has to be paid now that would not have been; without fees when nothing.</param>
internal sealed record ClaimReview(string Category, bool Accepted, FeeAsk? Difference);

// Categories that the applicant says to belong to, their proof, and what payment quotes the fees from. A claim with a document counts until it is refused.
internal sealed partial class Dossier
{
    public List<FeeClaim> FeeClaims { get; private set; } = [];

    /// <summary>What the fees of the filing were quoted from; null until it is filed, and for dossiers from before there were quotes.</summary>
    public FeeBasis? FeeBasis { get; private set; }

    /// <summary>Says anew to which categories the applicant belongs.</summary>
    public Result Claim(List<FeeClaim> claims, DateTimeOffset now)
    {
        if (Status != DossierStatus.Draft)
            return WrongState();
        (FeeClaims, UpdatedAt) = (claims, now);
        return Result.Success;
    }

    /// <summary>Keeps what payment is to quote the fees of the filing from, with the claims as they are filed.</summary>
    public void QuoteFrom(FeeBasis basis) => (FeeBasis, FeeClaims) = (basis, [.. basis.Claims]);

    /// <summary>The claims once an official has decided about one.</summary>
    public List<FeeClaim> ClaimsAfter(string category, bool accepted) => [.. FeeClaims.Select(c => c.Category == category ? c with { Accepted = accepted } : c)];

    /// <summary>Why an official cannot decide about a claim; null when he can.</summary>
    public Error? RefusalToReview(string category, bool accepted) => FeeClaims.Find(c => c.Category == category) switch
    {
        null => FeeClaimErrors.NotClaimed,
        { Accepted: not null } => FeeClaimErrors.Reviewed,
        { Documents.Count: 0 } when accepted => FeeClaimErrors.NothingToAccept,
        _ => null,
    };

    /// <summary>The case officer accepts the proof of a claim or refuses it; what is due in addition is demanded at once.</summary>
    public Result ReviewClaim(Actor actor, ClaimReview review, DateTimeOffset now)
    {
        if (Refusal(Moves.ReviewClaim, actor) is { } refusal)
            return refusal;
        if (RefusalToReview(review.Category, review.Accepted) is { } not)
            return not;
        FeeClaims = ClaimsAfter(review.Category, review.Accepted);
        Apply(
            Moves.ReviewClaim, actor, now, review.Accepted ? "Chấp nhận giấy tờ miễn, giảm phí" : "Không chấp nhận giấy tờ miễn, giảm phí",
            review.Accepted ? "Evidence of an exemption accepted" : "Evidence of an exemption not accepted");
        if (review.Difference is not { Fees.Count: > 0 } difference)
            return Result.Success;
        var demanded = RequireFee(actor, difference, now);
        return demanded.IsSuccess ? Result.Success : demanded.Error;
    }

    /// <summary>Nothing is charged for the filing: nobody waits for money any more. False when that is known, or money was asked for.</summary>
    public bool RecordWaiver(DateTimeOffset now)
    {
        if (Status == DossierStatus.Draft || PaymentStatus is not null)
            return false;
        // What is due is nothing; what it would have been stands in the basis.
        Fees = [.. Fees.Select(f => f with { Amount = 0 })];
        (PaymentStatus, PaymentAmount) = (Domain.PaymentStatus.Waived, 0);
        Apply(Moves.WaiveFee, Actor.System, now, "Được miễn toàn bộ phí, lệ phí", "All fees are waived");
        return true;
    }

    /// <summary>Nothing is charged for a demand: handling goes on as if it were paid, but nothing is told to be paid.</summary>
    public bool RecordWaiver(FeeDemand demand, DateTimeOffset now)
    {
        if (!demand.Waive(now))
            return false;
        OpenDemands--;
        if (Status == DossierStatus.WaitPayment)
            Apply(Moves.PayDemand, Actor.System, now, "Khoản yêu cầu được miễn", "What was demanded is waived", stay: OpenDemands > 0);
        else
            Apply(Moves.WaiveFee, Actor.System, now, "Khoản yêu cầu được miễn", "What was demanded is waived");
        return true;
    }
}
