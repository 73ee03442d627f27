using System.Diagnostics;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Forms;

/// <summary>
/// What the owner's account tells a form. A right to fill in a form is no right to read the owner's profile: delegates and helpers get the name that
/// stands in their token, and the personal number by reference, which shows them nothing.
/// </summary>
internal sealed partial class ProfileFacts(Accounts.AccountsClient accounts, Caller caller, ILogger<ProfileFacts> log)
{
    /// <summary>The facts by source; <c>IsComplete</c> is false when identity did not answer.</summary>
    public async Task<(IReadOnlyDictionary<string, string> Facts, bool IsComplete)> OfOwnerAsync(IReadOnlySet<string> wanted, CancellationToken ct)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(facts, caller.IsInRole(Roles.Organisation) ? Sources.OrganisationName : Sources.FullName, caller.DisplayName);
        // The claim is there when identity knows the number; what is kept here is only the reference.
        if (caller.Check is not null)
            facts[Sources.PersonalNumber] = FieldFormats.OwnersNumber;
        if (caller.ActsWithinLimits || !wanted.Overlaps([Sources.Phone, Sources.Email]))
            return (facts, true);
        try
        {
            var answer = await AskAsync(ct);
            if (answer.ContactPoints.FirstOrDefault(c => c.AccountId == caller.AccountId.ToString()) is { } contact)
            {
                Add(facts, Sources.Phone, contact.Phone);
                Add(facts, Sources.Email, contact.Email);
            }

            return (facts, true);
        }
        catch (Exception e) when (e is ErrorException or HttpRequestException or Grpc.Core.RpcException && !ct.IsCancellationRequested)
        {
            NoAnswer(log, e);
            return (facts, false);
        }
    }

    private static void Add(Dictionary<string, string> facts, string source, string value)
    {
        if (!string.IsNullOrWhiteSpace(value))
            facts[source] = value;
    }

    /// <summary>Contact points are told to services only: the call leaves the request's context and so carries the service's own token.</summary>
    private Task<BatchGetContactPointsResponse> AskAsync(CancellationToken ct)
    {
        var (activity, owner) = (Activity.Current, caller.AccountId.ToString());
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(
                async () =>
                {
                    Activity.Current = activity;
                    return await accounts.BatchGetContactPointsAsync(new BatchGetContactPointsRequest { AccountIds = { owner } }, cancellationToken: ct);
                },
                ct);
        }
    }

    [LoggerMessage(4012, LogLevel.Warning, "Identity does not tell contact points; a draft is opened without them")]
    private static partial void NoAnswer(ILogger log, Exception exception);
}
