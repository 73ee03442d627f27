using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Messaging;

/// <summary>Verifying a service's evidence on request.</summary>
public static class EvidenceEndpoints
{
    /// <summary>Maps <c>GET /api/v1/admin/evidence/{service}/verification</c> of this service, for auditors and administrators.</summary>
    public static void MapEvidence(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var service = app.ServiceProvider.GetRequiredService<EvidenceOwner>().Name;
        app.MapGroup("/api/v1/admin/evidence/" + service).WithTags("Evidence").MapGet("/verification", VerifyAsync)
            .WithName("VerifyEvidence-" + service)
            .WithSummary("Verify the evidence of a service: finds rows that were altered, deleted, inserted or cut off, and names them")
            .WithDescription("Auditors and administrators. Scope halong.api. Months as yyyy-MM, both included; all when left out. One at a time; "
                + "a million rows take some ten seconds. The database is read as it was at one moment.")
            .Produces<VerificationReport>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireAuthorization(Policies.Staff)
            .RequireAuthorization(p => p.RequireRole(Roles.Auditor, Roles.Administrator));
    }

    private static async Task<IResult> VerifyAsync(string? from, string? to, EvidenceVerifier verifier, EvidenceTurn turn, CancellationToken ct)
    {
        if (EvidenceMonths.Parse(from, to) is not { } months)
        {
            return EvidenceErrors.InvalidMonths.ToProblem();
        }

        if (!await turn.Gate.WaitAsync(0, ct))
        {
            return EvidenceErrors.Busy.ToProblem();
        }

        try
        {
            return TypedResults.Ok(await verifier.RunAsync(months, progress: null, ct));
        }
        finally
        {
            turn.Gate.Release();
        }
    }
}

/// <summary>One verification at a time by one replica: it reads everything.</summary>
internal sealed class EvidenceTurn : IDisposable
{
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public void Dispose() => Gate.Dispose();
}
