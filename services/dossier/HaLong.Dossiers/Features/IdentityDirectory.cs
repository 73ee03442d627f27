using System.Diagnostics;
using System.Globalization;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Caching.Hybrid;

namespace HaLong.Dossiers.Features;

/// <summary>Units and officials, asked at identity. Units are remembered for a while, so a short outage there is not felt here.</summary>
internal sealed class IdentityDirectory(
    Units.UnitsClient units, UnitHistory.UnitHistoryClient history, Accounts.AccountsClient accounts, HybridCache cache, TimeProvider time)
{
    private const int MaxBatch = 200;

    private static readonly HybridCacheEntryOptions Remembered = new() { Expiration = TimeSpan.FromHours(1), LocalCacheExpiration = TimeSpan.FromMinutes(10) };

    /// <summary>The unit as it is today.</summary>
    public async Task<Result<DossierUnit>> FindUnitAsync(string code, CancellationToken ct)
    {
        if (code.Length is 0 or > 20 || !code.All(char.IsAsciiLetterOrDigit))
            return DossierErrors.UnknownUnit;
        // By day: at the midnight of a reorganisation a code begins to mean another unit.
        var day = LocalTime.Date(time.GetUtcNow());
        return await TellAsync(
            () => cache.GetOrCreateAsync($"dossier:unit:{code}:{day:yyyyMMdd}", async token => await AskUnitAsync(code, token), Remembered, cancellationToken: ct).AsTask());
    }

    /// <summary>A unit changed: what is remembered about its code today is asked for anew.</summary>
    public async Task ForgetAsync(string code, CancellationToken ct) =>
        await cache.RemoveAsync($"dossier:unit:{code}:{LocalTime.Date(time.GetUtcNow()):yyyyMMdd}", ct);

    /// <summary>What a code meant on a day; an error when it meant nothing.</summary>
    public async Task<Result<DossierUnit>> FindUnitAsync(string code, DateOnly day, CancellationToken ct)
    {
        if (code.Length is 0 or > 20 || !code.All(char.IsAsciiLetterOrDigit))
            return DossierErrors.UnknownUnit;
        return await TellAsync(async () =>
        {
            var answer = await history.BatchFindUnitsAsync(
                new BatchFindUnitsRequest { Questions = { new UnitOnDay { Code = code, At = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) } } }, cancellationToken: ct);
            return answer.Answers is [{ Unit: { } unit }] ? Of(unit) : throw new ErrorException(DossierErrors.UnknownUnit);
        });
    }

    /// <summary>What codes meant, each on a day of its own; what meant nothing is left out.</summary>
    public async Task<Result<List<DossierUnit>>> FindUnitsAsync(IReadOnlyCollection<(string Code, DateOnly Day)> questions, CancellationToken ct) => await TellAsync(async () =>
    {
        var units = new List<DossierUnit>();
        foreach (var batch in questions.Distinct().Chunk(MaxBatch))
        {
            var asked = batch.Select(q => new UnitOnDay { Code = q.Code, At = q.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) });
            var answer = await history.BatchFindUnitsAsync(new BatchFindUnitsRequest { Questions = { asked } }, cancellationToken: ct);
            units.AddRange(answer.Answers.Where(a => a.Unit is not null).Select(a => Of(a.Unit)));
        }
        return units;
    });

    /// <summary>What became of versions of units by a day, by id. Ids that identity does not know are left out.</summary>
    public async Task<Result<Dictionary<string, UnitFate>>> FatesAsync(IReadOnlyCollection<string> ids, DateOnly to, CancellationToken ct) => await TellAsync(async () =>
    {
        var fates = new Dictionary<string, UnitFate>(StringComparer.Ordinal);
        foreach (var batch in ids.Distinct(StringComparer.Ordinal).Chunk(MaxBatch))
        {
            var answer = await history.BatchMapUnitsAsync(
                new BatchMapUnitsRequest { Ids = { batch }, To = to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }, cancellationToken: ct);
            foreach (var mapped in answer.Units)
                fates[mapped.Id] = new UnitFate(mapped.Unit is { } unit ? Of(unit) : null, [.. mapped.Choices.Select(Of)]);
        }
        return fates;
    });

    /// <summary>A citizen's or organisation's account: its name. For reception, which files for somebody who is there.</summary>
    public async Task<Result<string>> FindApplicantAsync(Guid accountId, CancellationToken ct) => await TellAsync(async () =>
    {
        var answer = await AskAccountsAsync([accountId], ct);
        return answer.Accounts.FirstOrDefault(a => a.Id == accountId.ToString() && a.Kind is "citizen" or "organisation") is { } account
            ? account.DisplayName
            : throw new ErrorException(SubmissionErrors.UnknownOwner);
    });

    /// <summary>An approver of the unit: his name.</summary>
    public async Task<Result<string>> FindApproverAsync(Guid accountId, string unitCode, CancellationToken ct) => await TellAsync(async () =>
    {
        var answer = await AskAccountsAsync([accountId], ct);
        return answer.Accounts.FirstOrDefault(a => a.Id == accountId.ToString() && a.UnitCode == unitCode && a.Roles.Contains(Roles.Approver)) is { } account
            ? account.DisplayName
            : throw new ErrorException(SignatureErrors.UnknownSigner.WithField("signerId", SignatureErrors.UnknownSigner.Vi, SignatureErrors.UnknownSigner.En));
    });

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
        return Of(unit);
    }

    private static DossierUnit Of(Unit unit) => new(unit.Code, unit.NameVi, unit.NameEn) { Id = unit.Id, Level = unit.Level, ParentCode = unit.ParentCode };

    private static async Task<Result<T>> TellAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
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

    private static Error Translate(Error error) => error.Kind is ErrorKind.Unavailable or ErrorKind.Timeout ? DossierErrors.IdentityUnavailable : error;
}

/// <summary>What became of a unit: the one it is now, or those among which somebody has to choose.</summary>
internal sealed record UnitFate(DossierUnit? Unit, IReadOnlyList<DossierUnit> Choices);
