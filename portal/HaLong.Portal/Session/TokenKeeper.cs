using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace HaLong.Portal.Session;

/// <summary>
/// Keeps the access token of a session fresh. A refresh token is good for one use: of several requests that come at once one asks for new tokens, and the
/// others wait for what it gets.
/// </summary>
internal sealed class TokenKeeper(
    IHttpClientFactory clients, TicketStore sessions, IOptionsMonitor<OpenIdConnectOptions> oidc, TimeProvider time)
{
    public const string Client = "tokens";
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(30), Hold = TimeSpan.FromSeconds(10), Look = TimeSpan.FromMilliseconds(100);

    /// <summary>A token that lasts; null when the sign-in is over.</summary>
    /// <param name="key">Of the session.</param>
    /// <param name="ticket">As it was read with the request.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<string?> FreshAsync(string key, AuthenticationTicket ticket, CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; waited < Hold; waited += Look)
        {
            if (IsFresh(ticket))
                return ticket.Properties.GetTokenValue("access_token");
            if (await sessions.TakeAsync(key, Hold))
            {
                try
                {
                    // Somebody may have been faster between our look and our turn.
                    ticket = await sessions.RetrieveAsync(key) ?? ticket;
                    return IsFresh(ticket) ? ticket.Properties.GetTokenValue("access_token") : await RefreshAsync(key, ticket, ct);
                }
                finally
                {
                    await sessions.ReleaseAsync(key);
                }
            }

            await Task.Delay(Look, time, ct);
            if (await sessions.RetrieveAsync(key) is not { } newer)
                return null;
            ticket = newer;
        }

        return null;
    }

    private bool IsFresh(AuthenticationTicket ticket) =>
        DateTimeOffset.TryParse(ticket.Properties.GetTokenValue("expires_at"), CultureInfo.InvariantCulture, DateTimeStyles.None, out var end)
        && end - Ahead > time.GetUtcNow();

    private async Task<string?> RefreshAsync(string key, AuthenticationTicket ticket, CancellationToken ct)
    {
        if (ticket.Properties.GetTokenValue("refresh_token") is not { } refresh)
            return null;
        var metadata = await oidc.Get(OpenIdConnectDefaults.AuthenticationScheme).ConfigurationManager!.GetConfigurationAsync(ct);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            [OpenIdConnectParameterNames.GrantType] = OpenIdConnectGrantTypes.RefreshToken,
            [OpenIdConnectParameterNames.ClientId] = SessionSetup.Client,
            [OpenIdConnectParameterNames.RefreshToken] = refresh,
        });
        using var answer = await clients.CreateClient(Client).PostAsync(new Uri(metadata.TokenEndpoint), form, ct);
        if (!answer.IsSuccessStatusCode)
            return null;
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        var access = tokens.GetProperty("access_token").GetString()!;
        var properties = ticket.Properties;
        properties.UpdateTokenValue("access_token", access);
        properties.UpdateTokenValue("refresh_token", tokens.TryGetProperty("refresh_token", out var next) ? next.GetString()! : refresh);
        properties.UpdateTokenValue("expires_at", time.GetUtcNow().AddSeconds(tokens.GetProperty("expires_in").GetInt32()).ToString("o", CultureInfo.InvariantCulture));
        await sessions.RenewAsync(key, new AuthenticationTicket(TokenClaims.With(ticket.Principal, access), properties, ticket.AuthenticationScheme));
        return access;
    }
}
