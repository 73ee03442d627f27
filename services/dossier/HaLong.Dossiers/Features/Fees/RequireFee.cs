using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Fees;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Fees;

/// <summary>
/// The case officer demands what falls due in the course of handling; the clock stands until it is paid. With a moment: the fees that the procedure
/// has for it, as payment quotes them. Without both: those of the filing, whose payment request lapsed.
/// </summary>
internal sealed class RequireFee(LifecycleDesk desk, FeeBases bases, FeeQuotesClient quotes, ProcedureCatalogue catalogue)
{
    private const int MostFees = 20;
    private const long MostMoney = 1_000_000_000_000;

    private static readonly string[] Kinds = ["phi", "lePhi", "duty"];

    /// <param name="Fees">What is due; empty: the fees of the filing again.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="LegalBasis">The provision.</param>
    /// <param name="Deadline">Last local day to pay.</param>
    /// <param name="Moment">atSupplement or atResult, instead of fees: those of the procedure.</param>
    internal sealed record Request(IReadOnlyList<Fee>? Fees, string? Reason, string? LegalBasis, DateOnly? Deadline, string? Moment = null);

    /// <param name="Kind">phi, lePhi, or duty (a tax or another financial obligation).</param>
    /// <param name="Name">Vietnamese name.</param>
    /// <param name="Amount">Đồng.</param>
    internal sealed record Fee(string? Kind, string? Name, long? Amount);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/fee-request",
            (Guid id, Request request, RequireFee handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Officer)
        .WithSummary("Demand a fee or financial duty; the clock stands until it is paid")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422, 503);

    private Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct) =>
        desk.ActAsync(id, Moves.RequireFee, http, deed => RequireAsync(deed, request, ct), ct);

    private async Task<Result> RequireAsync(Deed deed, Request request, CancellationToken ct)
    {
        var (input, limits) = (new Input(), desk.WaitsOf(deed.Dossier));
        var fees = Read(input, request.Fees ?? []);
        var ask = new FeeAsk(
            fees, input.Need("reason", request.Reason), input.May("legalBasis", request.LegalBasis),
            input.Until("deadline", request.Deadline, deed.Now, limits.PaymentDays, limits.MaxDays, await desk.CalendarAsync(ct)));
        if (request.Moment is not null && (request.Moment is not (FeeMoment.Supplement or FeeMoment.Result) || fees.Count > 0))
            input.Wrong("moment", "atSupplement hoặc atResult, không kèm danh sách phí.", "atSupplement or atResult, without a list of fees.");
        if (input.Error is { } error)
            return error;
        if (request.Moment is { } moment)
        {
            var quoted = await QuoteAsync(deed, moment, ask, ct);
            if (!quoted.IsSuccess)
                return quoted.Error;
            ask = quoted.Value;
        }
        var demanded = deed.Dossier.RequireFee(deed.Actor, ask, deed.Now);
        return demanded.IsSuccess ? Result.Success : demanded.Error;
    }

    private async Task<Result<FeeAsk>> QuoteAsync(Deed deed, string moment, FeeAsk ask, CancellationToken ct)
    {
        var dossier = deed.Dossier;
        var basis = await bases.OfAsync(dossier, await catalogue.GetAsync(dossier.ProcedureId, ct), moment, LocalTime.Date(deed.Now), [], ct);
        var quote = await quotes.AskAsync(dossier.ProcedureCode, dossier.Channel, basis, ct);
        if (!quote.IsSuccess)
            return quote.Error;
        var due = quote.Value.Lines.Where(l => l.Amount > 0).Select(l => new FeeItem(l.Kind, l.NameVi, l.Amount, l.Assumed)).ToList();
        return due.Count == 0 ? FeeClaimErrors.NothingDue : ask with { Fees = due, Basis = basis };
    }

    private static List<FeeItem> Read(Input input, IReadOnlyList<Fee> fees)
    {
        if (fees.Count > MostFees)
            input.Wrong("fees", $"Nhiều nhất {MostFees} khoản.", $"At most {MostFees} fees.");
        return [.. fees.Take(MostFees).Select((fee, i) =>
        {
            if (!Kinds.Contains(fee.Kind) || fee.Amount is null or <= 0 or > MostMoney)
                input.Wrong($"fees[{i}]", "Loại là phi, lePhi hoặc duty; số tiền lớn hơn 0.", "The kind is phi, lePhi or duty; the amount is above 0.");
            return new FeeItem(fee.Kind ?? "", input.Need($"fees[{i}].name", fee.Name, Input.Short), fee.Amount ?? 0, false);
        })];
    }
}
