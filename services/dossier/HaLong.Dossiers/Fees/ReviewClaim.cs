using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Fees;

/// <summary>
/// The case officer accepts the proof of a claim or refuses it. With a refusal the difference between both quotes falls due as a demand; while payment
/// cannot be asked what it is, nothing happens.
/// </summary>
internal sealed class ReviewClaim(LifecycleDesk desk, FeeQuotesClient quotes)
{
    /// <param name="Accepted">Whether the proof is accepted.</param>
    /// <param name="Reason">With a refusal: why.</param>
    /// <param name="LegalBasis">The provision.</param>
    /// <param name="Deadline">With a refusal: last local day to pay the difference.</param>
    internal sealed record Request(bool? Accepted, string? Reason, string? LegalBasis, DateOnly? Deadline);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/fee-claims/{category}/review",
            (Guid id, string category, Request request, ReviewClaim handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, category, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Officer)
        .WithSummary("Accept or refuse the evidence of an exemption; a refusal makes the difference due")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422, 503);

    private Task<IResult> HandleAsync(Guid id, string category, Request request, HttpContext http, CancellationToken ct) =>
        desk.ActAsync(id, Moves.ReviewClaim, http, deed => ReviewAsync(deed, category, request, ct), ct);

    private async Task<Result> ReviewAsync(Deed deed, string category, Request request, CancellationToken ct)
    {
        var (input, limits, dossier) = (new Input(), desk.WaitsOf(deed.Dossier), deed.Dossier);
        if (request.Accepted is null)
            input.Wrong("accepted", "Chọn chấp nhận hoặc không.", "Say whether it is accepted.");
        FeeAsk? ask = null;
        if (request.Accepted == false)
        {
            ask = new FeeAsk(
                [], input.Need("reason", request.Reason), input.May("legalBasis", request.LegalBasis),
                input.Until("deadline", request.Deadline, deed.Now, limits.PaymentDays, limits.MaxDays, await desk.CalendarAsync(ct)));
        }
        if (input.Error is { } error)
            return error;
        // Who may not do it learns that before payment is asked.
        if (dossier.RefusalToReview(category, request.Accepted!.Value) is { } refusal)
            return dossier.ReviewClaim(deed.Actor, new ClaimReview(category, request.Accepted.Value, null), deed.Now) is { IsSuccess: false } done ? done.Error : refusal;
        if (ask is not null)
        {
            var difference = await DifferenceAsync(dossier, category, ct);
            if (!difference.IsSuccess)
                return difference.Error;
            ask = ask with { Fees = difference.Value };
        }
        return dossier.ReviewClaim(deed.Actor, new ClaimReview(category, request.Accepted.Value, ask), deed.Now);
    }

    /// <summary>What each fee costs more without the claim.</summary>
    private async Task<Result<List<FeeItem>>> DifferenceAsync(Dossier dossier, string category, CancellationToken ct)
    {
        if (dossier.FeeBasis is not { } basis)
            return Result.Of<List<FeeItem>>([]);
        var with = await quotes.AskAsync(dossier.ProcedureCode, dossier.Channel, basis with { Claims = dossier.FeeClaims }, ct);
        if (!with.IsSuccess)
            return with.Error;
        var without = await quotes.AskAsync(dossier.ProcedureCode, dossier.Channel, basis with { Claims = dossier.ClaimsAfter(category, false) }, ct);
        if (!without.IsSuccess)
            return without.Error;
        return Result.Of<List<FeeItem>>([.. without.Value.Lines.Zip(with.Value.Lines)
            .Where(p => p.First.Amount > p.Second.Amount)
            .Select(p => new FeeItem(p.First.Kind, p.First.NameVi, p.First.Amount - p.Second.Amount, p.First.Assumed))]);
    }
}
