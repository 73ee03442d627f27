using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Waits.Expected;

/// <summary>How long a procedure really takes in a unit.</summary>
internal static class GetExpectedWait
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/api/v1/procedures/{code}/expected-wait", HandleAsync)
        .AllowAnonymous()
        .WithTags("Procedures")
        .WithSummary("How long the procedure really takes, in the unit or around it, beside what the law allows")
        .WithDescription("From the last 90 days of the unit; from fewer than 30 dossiers: of all units below the same parent, "
            + "of all units, of the last year, or not known yet. Up to five minutes old.")
        .Answers<ExpectedWaitView>(200, 400, 404);

    private static async Task<IResult> HandleAsync(
        string code, string? unit, ProcedureCatalogue catalogue, DeadlineDesk deadlines, ExpectedWaits waits, CancellationToken ct)
    {
        if (unit is not null && (unit.Length is 0 or > 20 || !unit.All(char.IsAsciiLetterOrDigit)))
            return DossierErrors.UnknownUnit.WithField("unit", DossierErrors.UnknownUnit.Vi, DossierErrors.UnknownUnit.En).ToProblem();
        if (await catalogue.FindAsync(code, ct) is not { } procedure)
            return DossierErrors.ProcedureNotFound.ToProblem();
        return TypedResults.Ok(await waits.OfAsync(code, unit, deadlines.LimitOf(catalogue.ContentOf(procedure).TimeLimit), ct));
    }
}
