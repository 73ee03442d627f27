using System.Globalization;
using System.Security.Claims;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace HaLong.Identity.Sessions;

/// <summary>Ties a browser to its <see cref="Session"/>: the cookie holds only which one; everything else is read anew.</summary>
internal sealed class SessionCookie(IdentityDbContext db, Revocations revocations, IOptions<SessionOptions> options, TimeProvider time)
{
    public const string Scheme = "session";

    /// <summary>Claim that names the session, in the cookie and in tokens.</summary>
    public const string SessionClaim = "sid";

    private const int LongestDevice = 120;

    /// <summary>Opens a session for somebody who has just proved who they are.</summary>
    public async Task<Session> StartAsync(HttpContext http, Account account, SignInProof proof, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        // Whoever sat here before has left: their session must not live on without a browser to end it in.
        if (await FindAsync(http, ct) is { } before && before.AccountId != account.Id)
            revocations.End(before, EndReasons.SignedOut);
        var agent = http.Request.Headers.UserAgent.ToString();
        var session = Session.Start(Guid.CreateVersion7(now), account.Id, proof, agent[..Math.Min(agent.Length, LongestDevice)],
            NetworkAddress.Coarse(http.Connection.RemoteIpAddress), now,
            account.Kind is AccountKind.Official or AccountKind.Helper);
        db.Sessions.Add(session);
        await db.SaveChangesAsync(ct);
        await http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(Claims.Subject, account.Id.ToString()),
                new Claim(SessionClaim, session.Id.ToString()),
                new Claim(Claims.AuthenticationTime, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64),
            ],
            Scheme)));
        return session;
    }

    /// <summary>The open session of this browser; null when there is none or it was ended from elsewhere.</summary>
    public async Task<Session?> FindAsync(HttpContext http, CancellationToken ct)
    {
        var cookie = await http.AuthenticateAsync(Scheme);
        return await FindAsync(cookie.Principal, ct);
    }

    /// <summary>The open session that a cookie or token names.</summary>
    public async Task<Session?> FindAsync(ClaimsPrincipal? principal, CancellationToken ct)
    {
        if (!Guid.TryParse(principal?.FindFirstValue(SessionClaim), out var id))
            return null;
        var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == id && s.EndedAt == null, ct);
        return session is not null && !options.Value.IsOver(session, time.GetUtcNow()) ? session : null;
    }
}

/// <summary>Enough of an address to recognise a place by, too little to point at a person.</summary>
internal static class NetworkAddress
{
    public static string Coarse(System.Net.IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        // The last quarter of an IPv4 address; all but the site's part of an IPv6 address.
        Array.Clear(bytes, bytes.Length == 4 ? 3 : 6, bytes.Length - (bytes.Length == 4 ? 3 : 6));
        return new System.Net.IPAddress(bytes).ToString();
    }
}
