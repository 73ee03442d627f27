using System.Diagnostics;
using System.Globalization;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;

namespace HaLong.Signatures.Pki.Persons;

/// <summary>What identity says of a person who wants to sign.</summary>
/// <param name="Name">Legal name.</param>
/// <param name="Kind">citizen, organisation, official or helper.</param>
/// <param name="Assurance">1 or 2.</param>
internal sealed record PersonFacts(string Name, string Kind, int Assurance);

/// <summary>Whether somebody holds a role in a unit today.</summary>
/// <param name="Holds">He does.</param>
/// <param name="Until">Last day as far as known; null while it has none.</param>
internal sealed record Assigned(bool Holds, DateOnly? Until);

/// <summary>Identity, asked with the service's own token: accounts, assignments and one-time codes.</summary>
internal sealed class People(Accounts.AccountsClient accounts, StaffAssignments.StaffAssignmentsClient staff, AccountCodes.AccountCodesClient codes)
{
    private const string Purpose = "signing";

    /// <returns>SIG-0203 when there is no such person with an open account, SIG-0217 when identity does not answer.</returns>
    public Task<Result<PersonFacts>> FindAsync(Guid accountId, CancellationToken ct) => AskAsync<PersonFacts>(async () =>
    {
        var answer = await accounts.BatchGetAccountsAsync(new BatchGetAccountsRequest { Ids = { accountId.ToString() } }, cancellationToken: ct);
        return answer.Accounts is [{ Status: "active", Kind: not "organisation" } found]
            ? new PersonFacts(found.DisplayName, found.Kind, found.Assurance)
            : CredentialErrors.PersonsOnly;
    });

    /// <returns>Whether the person holds the role in the unit today; SIG-0217 when identity does not answer.</returns>
    public Task<Result<Assigned>> AssignedAsync(Guid accountId, string unit, string role, CancellationToken ct) => AskAsync<Assigned>(async () =>
    {
        var answer = await staff.BatchGetAssignmentsAsync(new BatchGetAssignmentsRequest { AccountIds = { accountId.ToString() } }, cancellationToken: ct);
        var held = answer.Assignments.Where(a => a.UnitCode == unit && a.Roles.Contains(role)).ToList();
        // Of several the one that lasts longest.
        return held.Count == 0 ? new Assigned(false, null)
            : new Assigned(true, held.Exists(a => a.ValidTo.Length == 0) ? null
                : held.Max(a => DateOnly.ParseExact(a.ValidTo, "yyyy-MM-dd", CultureInfo.InvariantCulture)));
    });

    /// <summary>Sends a code for an order; asking again for the same order within a minute sends nothing anew.</summary>
    /// <param name="accountId">To whom.</param>
    /// <param name="orderId">What it is good for.</param>
    /// <param name="count">How many documents, told in the text.</param>
    /// <param name="mark">Letters to compare with the screen.</param>
    /// <param name="ct">Cancels.</param>
    public Task<Result<(Guid Challenge, DateTimeOffset Until, string SentTo)>> SendCodeAsync(Guid accountId, Guid orderId, int count, string mark,
        CancellationToken ct) => AskAsync<(Guid, DateTimeOffset, string)>(async () =>
    {
        var request = new SendAccountCodeRequest { AccountId = accountId.ToString(), Purpose = Purpose, Reference = orderId.ToString() };
        request.Values.Add("count", count.ToString(CultureInfo.InvariantCulture));
        request.Values.Add("mark", mark);
        var sent = await codes.SendAccountCodeAsync(request, cancellationToken: ct);
        return (Guid.Parse(sent.ChallengeId), sent.ExpiresAt.ToDateTimeOffset(), sent.SentTo);
    });

    /// <summary>Whether the code is right. Each answer is a try of five; a right one may be repeated.</summary>
    public async Task<Result> CheckCodeAsync(Guid accountId, Guid orderId, Guid challenge, string code, CancellationToken ct)
    {
        var request = new CheckAccountCodeRequest
        {
            AccountId = accountId.ToString(),
            Purpose = Purpose,
            Reference = orderId.ToString(),
            ChallengeId = challenge.ToString(),
            Code = code,
        };
        var answer = await AskAsync<bool>(async () =>
        {
            await codes.CheckAccountCodeAsync(request, cancellationToken: ct);
            return true;
        });
        return answer.IsSuccess ? Result.Success : answer.Error;
    }

    /// <summary>
    /// Inside a request a call carries the caller's token; this one leaves the request's context and so carries the service's own. Refusals of
    /// identity become our own, so that a client needs to know one table.
    /// </summary>
    private static async Task<Result<T>> AskAsync<T>(Func<Task<Result<T>>> ask)
    {
        var activity = Activity.Current;
        Task<Result<T>> asked;
        using (ExecutionContext.SuppressFlow())
        {
            asked = Task.Run(async () =>
            {
                Activity.Current = activity;
                return await ask();
            });
        }

        try
        {
            return await asked;
        }
        catch (ErrorException e)
        {
            return Translate(e.Error);
        }
        catch (HttpRequestException)
        {
            return CredentialErrors.IdentityAway;
        }
    }

    private static Error Translate(Error error) => error.Code switch
    {
        "IDN-0102" or "IDN-0101" => ActivationErrors.CodeWrong,
        "IDN-0103" => ActivationErrors.CodeUsedUp,
        "IDN-1301" => CredentialErrors.PersonsOnly,
        "IDN-1302" => ActivationErrors.NowhereToSend,
        _ when error.Kind == ErrorKind.TooMany => error,
        _ => CredentialErrors.IdentityAway,
    };
}
