using HaLong.Identity.V1;
using HaLong.Notifications.Domain;
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
        return answer.ContactPoints.FirstOrDefault() is { } found ? From(found) : Contact.Unknown;
    }

    // An account of a service from before there were preferences has none; it hears as by default.
    private static Contact From(ContactPoints found)
    {
        var wishes = found.Preferences ?? new Preferences { Channels = { "inApp", "email" }, OptionalMessages = true };
        return new Contact(
            Given(found.Email), Given(found.Phone), found.Language == "en" ? "en" : "vi",
            [.. wishes.Channels.Select(word => Enum.TryParse<MessageChannel>(word, ignoreCase: true, out var channel) ? channel : MessageChannel.InApp).Where(c => c != MessageChannel.InApp).Distinct()],
            wishes.QuietHours, wishes.Digest is { Length: > 0 } digest ? digest : "none", wishes.OptionalMessages);
    }

    private static string? Given(string text) => text is { Length: > 0 } ? text : null;
}
