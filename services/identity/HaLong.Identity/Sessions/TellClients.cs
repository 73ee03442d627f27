using System.Net;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.OpenId.Clients;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace HaLong.Identity.Sessions;

/// <summary>When a session ends: finds the clients that got tokens in it and want to know.</summary>
internal sealed class SessionEndedConsumer(IdentityDbContext db, IOpenIddictApplicationManager clients) : IConsumer<SessionEnded>
{
    public async Task Consume(ConsumeContext<SessionEnded> context)
    {
        var (ended, ct) = (context.Message, context.CancellationToken);
        foreach (var clientId in await db.SessionClients.Where(c => c.SessionId == ended.SessionId).Select(c => c.ClientId).ToListAsync(ct))
        {
            if (await clients.FindByClientIdAsync(clientId, ct) is { } client && BackChannel.AddressOf(await clients.GetPropertiesAsync(client, ct)) is not null)
                db.Enqueue(new LogoutNoticeDue(ended.SessionId, ended.AccountId, clientId, ended.OccurredAt));
        }
    }
}

/// <summary>Sends one client its logout token; a failure is repeated by the bus.</summary>
internal sealed class LogoutNoticeConsumer(IOpenIddictApplicationManager clients, LogoutTokens tokens, IHttpClientFactory http, IdentityInstruments instruments)
    : IConsumer<LogoutNoticeDue>
{
    public const string HttpClient = "back-channel";

    public async Task Consume(ConsumeContext<LogoutNoticeDue> context)
    {
        var (due, ct) = (context.Message, context.CancellationToken);
        // Registered when it is sent, not when it was asked for: an address taken away is not called any more.
        if (await clients.FindByClientIdAsync(due.ClientId, ct) is not { } client || BackChannel.AddressOf(await clients.GetPropertiesAsync(client, ct)) is not { } address)
            return;

        using var form = new FormUrlEncodedContent([new("logout_token", tokens.Create(due.ClientId, due.AccountId, due.SessionId))]);
        HttpResponseMessage answer;
        try
        {
            answer = await http.CreateClient(HttpClient).PostAsync(address, form, ct);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            instruments.LogoutNotice(due.ClientId, "failed");
            throw;
        }

        using (answer)
        {
            instruments.LogoutNotice(due.ClientId, answer.IsSuccessStatusCode ? "accepted" : "refused");
            // 400 is the client's own word that it will not (§2.8): the same token again would not change its mind.
            if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.BadRequest)
                throw new HttpRequestException($"Client {due.ClientId} answered the logout notice with {(int)answer.StatusCode}.");
        }
    }
}
