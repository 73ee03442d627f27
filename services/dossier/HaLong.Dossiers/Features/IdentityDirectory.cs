using System.Diagnostics;
using HaLong.Dossiers.Domain;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Caching.Hybrid;

namespace HaLong.Dossiers.Features;

/// <summary>Units and officials, asked at identity. Units are remembered for a while, so a short outage there is not felt here.</summary>
internal sealed class IdentityDirectory(Units.UnitsClient units, Accounts.AccountsClient accounts, HybridCache cache)
{
    private static readonly HybridCacheEntryOptions Remembered = new() { Expiration = TimeSpan.FromHours(1), LocalCacheExpiration = TimeSpan.FromMinutes(10) };

    /// <summary>The unit as it is today.</summary>
    public async Task<Result<DossierUnit>> FindUnitAsync(string code, CancellationToken ct)
    {
        if (code.Length is 0 or > 20 || !code.All(char.IsAsciiLetterOrDigit))
            return DossierErrors.UnknownUnit;
        try
        {
            return await cache.GetOrCreateAsync($"dossier:unit:{code}", async token => await AskUnitAsync(code, token), Remembered, cancellationToken: ct);
        }
        catch (ErrorException e)
        {
            return Translate(e.Error);
        }
        catch (HttpRequestException)
        {
            return DossierErrors.IdentityUnavailable;
        }
    }

    /// <summary>Success when the account is an officer of the unit.</summary>
    public Task<Result> CheckOfficerAsync(Guid accountId, string unitCode, CancellationToken ct) => CheckOfficersAsync([accountId], unitCode, ct);

    /// <summary>Success when all the accounts are officers of the unit.</summary>
    public async Task<Result> CheckOfficersAsync(IReadOnlyCollection<Guid> accountIds, string unitCode, CancellationToken ct)
    {
        try
        {
            var answer = await AskAccountsAsync(accountIds, ct);
            return accountIds.All(id => answer.Accounts.Any(a => a.Id == id.ToString() && a.UnitCode == unitCode && a.Roles.Contains(Roles.Officer)))
                ? Result.Success
                : DossierErrors.UnknownOfficer;
        }
        catch (ErrorException e)
        {
            return Translate(e.Error);
        }
        catch (HttpRequestException)
        {
            return DossierErrors.IdentityUnavailable;
        }
    }

    /// <summary>
    /// Accounts are told to services only. Inside a request a call carries the caller's token; this one leaves the request's context and so
    /// carries the service's own.
    /// </summary>
    private Task<BatchGetAccountsResponse> AskAccountsAsync(IReadOnlyCollection<Guid> accountIds, CancellationToken ct)
    {
        var activity = Activity.Current;
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(
                async () =>
                {
                    Activity.Current = activity;
                    return await accounts.BatchGetAccountsAsync(new BatchGetAccountsRequest { Ids = { accountIds.Select(id => id.ToString()) } }, cancellationToken: ct);
                },
                ct);
        }
    }

    private async Task<DossierUnit> AskUnitAsync(string code, CancellationToken ct)
    {
        var answer = await units.BatchGetUnitsAsync(new BatchGetUnitsRequest { Codes = { code } }, cancellationToken: ct);
        // An exception and not a value: what does not exist today must not be remembered.
        var unit = answer.Units.FirstOrDefault(u => u.Code == code) ?? throw new ErrorException(DossierErrors.UnknownUnit);
        return new DossierUnit(unit.Code, unit.NameVi, unit.NameEn);
    }

    private static Error Translate(Error error) => error.Kind is ErrorKind.Unavailable or ErrorKind.Timeout ? DossierErrors.IdentityUnavailable : error;
}
