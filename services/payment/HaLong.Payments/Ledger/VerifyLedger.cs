using HaLong.ServiceDefaults;

namespace HaLong.Payments.Ledger;

/// <summary>Adds everything up again and compares it with every close.</summary>
internal static class VerifyLedger
{
    /// <param name="Holds">True when every closed day still says what its bookings say.</param>
    /// <param name="FirstFault">The first day that does not.</param>
    internal sealed record Report(bool Holds, DateOnly? FirstFault);

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/verification", HandleAsync)
        .WithName(nameof(VerifyLedger))
        .WithSummary("Check the closed days against the bookings")
        .WithDescription("Cashiers, leaders, auditors. Reads the whole ledger: not for every minute.")
        .Produces<Report>()
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .RequireAuthorization(Policies.Staff);

    private static async Task<IResult> HandleAsync(Caller caller, DayCloser closer, CancellationToken ct)
    {
        if (LedgerArea.Refusal(caller) is { } refusal)
            return refusal.ToProblem();
        var fault = await closer.FirstFaultAsync(ct);
        return TypedResults.Ok(new Report(fault is null, fault));
    }
}
