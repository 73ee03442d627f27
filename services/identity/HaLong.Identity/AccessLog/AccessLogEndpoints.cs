using System.Globalization;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.AccessLog;

internal static class AccessLogEndpoints
{
    public static IServiceCollection AddAccessLog(this IServiceCollection services) => services.AddScoped<AccessLedger>().AddScoped<ChainCheck>();

    public static void MapAccessLog(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").WithTags("Access log").ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized);
        api.MapGet("/me/access-log", ReadAccessLog.MineAsync).RequireAuthorization(Policies.SignedIn)
            .WithName("getMyAccessLog").WithSummary("Who opened the caller's data: when, what, in which role, why; newest first")
            .Produces<Page<AccessView>>();
        api.MapPost("/access-log/searches", ReadAccessLog.SearchAsync).RequireAuthorization(Policies.Auditor)
            .WithName("searchAccessLog").WithSummary("Readings by people of the auditor's unit and the units below, by who looked or whose data; newest first")
            .Produces<Page<AuditView>>().ProducesProblem(StatusCodes.Status403Forbidden);
    }

    /// <summary>The <c>verify-access-log</c> run mode; exit code 2 when the log is not whole. Arguments: an earlier head, as printed then.</summary>
    public static async Task<int> VerifyAccessLogAsync(this WebApplication app, string[] args)
    {
        (long, string)? anchor = args is [var sequence, var hash, ..] && long.TryParse(sequence, CultureInfo.InvariantCulture, out var number) ? (number, hash) : null;
        await using var scope = app.Services.CreateAsyncScope();
        var verdict = await scope.ServiceProvider.GetRequiredService<ChainCheck>().RunAsync(anchor, app.Lifetime.ApplicationStopping);
        foreach (var fault in verdict.Faults)
            await Console.Out.WriteLineAsync("FAULT: " + fault);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{verdict.Records} records, head {verdict.HeadSequence} {verdict.HeadHash}: {(verdict.Faults.Count == 0 ? "whole" : "NOT whole")}"));
        return verdict.Faults.Count == 0 ? 0 : 2;
    }
}
