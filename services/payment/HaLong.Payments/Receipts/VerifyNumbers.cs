using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Receipts;

/// <summary>Are the receipt numbers of the caller's collector without gaps?</summary>
internal static class VerifyNumbers
{
    private static readonly string[] Readers = [Roles.Cashier, Roles.Leader, Roles.Auditor];

    /// <param name="Holds">True when no series has a gap.</param>
    /// <param name="Series">Each series of the year.</param>
    internal sealed record NumbersReport(bool Holds, IReadOnlyList<SeriesReport> Series);

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/verification", HandleAsync)
        .WithName("VerifyReceiptNumbers")
        .WithSummary("Check that the receipt numbers of a year are 1 to the last, each once")
        .WithDescription("Cashiers, leaders and auditors: the series of the collector of their unit. year: this one when left out.")
        .Produces<NumbersReport>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .RequireAuthorization(Policies.Staff);

    private static async Task<IResult> HandleAsync(
        int? year, Caller caller, PaymentDbContext db, IOptions<ReceiptOptions> options, TimeProvider time, CancellationToken ct)
    {
        if (!Readers.Any(caller.IsInRole) || caller.Unit is null)
            return ReceiptErrors.NotYours.ToProblem();
        if (year is < ListReceipts.FirstYear)
            return ReceiptErrors.UnknownFilter.ToProblem();
        var series = await NumberCheck.ReadAsync(db, year ?? ReceiptSeries.YearOf(time.GetUtcNow()), options.Value.For(caller.Unit).TaxCode, ct);
        return TypedResults.Ok(new NumbersReport(series.TrueForAll(s => s.Holds), series));
    }
}
