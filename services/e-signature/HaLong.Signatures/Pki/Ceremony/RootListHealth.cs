using HaLong.ServiceDefaults;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HaLong.Signatures.Pki.Ceremony;

/// <summary>Whether the root's list still lasts a week: making the next one takes people, a safe and a machine apart.</summary>
internal sealed class RootListHealth(Authorities authorities, IServiceScopeFactory scopes, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Notice = TimeSpan.FromDays(7);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (!(await authorities.GetAsync(cancellationToken)).IsRootOffline)
                return HealthCheckResult.Healthy();
        }
        catch (ErrorException)
        {
            // Without authorities there is no list either; the check of the authorities says so.
            return HealthCheckResult.Healthy();
        }

        await using var scope = scopes.CreateAsyncScope();
        var end = await scope.ServiceProvider.GetRequiredService<SignatureDbContext>().AuthorityLists.OrderByDescending(l => l.Number)
            .Select(l => (DateTimeOffset?)l.NextUpdate).FirstOrDefaultAsync(cancellationToken);
        return end is not { } until ? HealthCheckResult.Degraded("The root is off line and none of its lists was imported.")
            : until - time.GetUtcNow() > Notice ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"The root's list ends at {until:yyyy-MM-dd HH:mm} UTC: make and import the next one (docs/key-ceremony.md)."));
    }
}
