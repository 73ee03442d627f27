using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Fees;

/// <summary>
/// The case officer demands what falls due in the course of handling; the clock stands until it is paid. Without fees: those of the filing, whose
/// payment request lapsed.
/// </summary>
internal sealed class RequireFee(LifecycleDesk desk)
{
    private const int MostFees = 20;
    private const long MostMoney = 1_000_000_000_000;

    private static readonly string[] Kinds = ["phi", "lePhi", "duty"];

    /// <param name="Fees">What is due; empty: the fees of the filing again.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="LegalBasis">The provision.</param>
    /// <param name="Deadline">Last local day to pay.</param>
    internal sealed record Request(IReadOnlyList<Fee>? Fees, string? Reason, string? LegalBasis, DateOnly? Deadline);

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
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);

    private Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct) =>
        desk.ActAsync(id, Moves.RequireFee, http, deed => RequireAsync(deed, request, ct), ct);

    private async Task<Result> RequireAsync(Deed deed, Request request, CancellationToken ct)
    {
        var (input, limits) = (new Input(), desk.WaitsOf(deed.Dossier));
        var fees = Read(input, request.Fees ?? []);
        var ask = new FeeAsk(
            fees, input.Need("reason", request.Reason), input.May("legalBasis", request.LegalBasis),
            input.Until("deadline", request.Deadline, deed.Now, limits.PaymentDays, limits.MaxDays, await desk.CalendarAsync(ct)));
        if (input.Error is { } error)
            return error;
        var demanded = deed.Dossier.RequireFee(deed.Actor, ask, deed.Now);
        return demanded.IsSuccess ? Result.Success : demanded.Error;
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
