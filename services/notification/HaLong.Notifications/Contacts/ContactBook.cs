using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Caching.Hybrid;

namespace HaLong.Notifications.Contacts;

/// <summary>Contact points and language of people: asked of identity, remembered for a few minutes.</summary>
internal sealed class ContactBook(Accounts.AccountsClient accounts, HybridCache cache)
{
    // Addresses are personal data: remembered here, never in the shared cache.
    private static readonly HybridCacheEntryOptions Briefly = new()
    {
        Expiration = TimeSpan.FromMinutes(3),
        LocalCacheExpiration = TimeSpan.FromMinutes(3),
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    /// <summary>The contact, or null when identity cannot be asked now.</summary>
    public async ValueTask<Contact?> FindAsync(Guid account, CancellationToken ct)
    {
        try
        {
            return await cache.GetOrCreateAsync(KeyOf(account), account, AskAsync, Briefly, cancellationToken: ct);
        }
        catch (Exception e) when (e is ErrorException or HttpRequestException or Grpc.Core.RpcException)
        {
            return null;
        }
    }

    /// <summary>Asks anew the next time: something about the account has changed.</summary>
    public ValueTask ForgetAsync(Guid account, CancellationToken ct) => cache.RemoveAsync(KeyOf(account), ct);

    private static string KeyOf(Guid account) => $"contact:{account:N}";

    private async ValueTask<Contact> AskAsync(Guid account, CancellationToken ct)
    {
        var answer = await accounts.BatchGetContactPointsAsync(
            new BatchGetContactPointsRequest { AccountIds = { account.ToString() } }, cancellationToken: ct);
        return answer.ContactPoints.FirstOrDefault() is { } found
            ? new Contact(found.Email is { Length: > 0 } email ? email : null, found.Phone is { Length: > 0 } phone ? phone : null, found.Language == "en" ? "en" : "vi")
            : Contact.Unknown;
    }
}
