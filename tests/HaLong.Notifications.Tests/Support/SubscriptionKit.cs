using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Webhooks;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Support;

/// <summary>Subscriptions for tests whose matter is not how one comes to have one.</summary>
internal static class SubscriptionKit
{
    /// <summary>One whose address is proved already, written into the database.</summary>
    public static async Task<(Guid Id, string Secret)> ProvedAsync(
        this ServiceFactory<NotificationDbContext> service, string url, string owner = "partner", Action<Subscription>? more = null, params string[] types)
    {
        var (subscription, secret) = service.New(url, owner, types);
        more?.Invoke(subscription);
        await service.InScopeAsync<NotificationDbContext, int>(db =>
        {
            db.Add(subscription);
            return db.SaveChangesAsync();
        });
        return (subscription.Id, secret);
    }

    public static (Subscription Subscription, string Secret) New(
        this ServiceFactory<NotificationDbContext> service, string url, string owner, params string[] types)
    {
        var id = Guid.CreateVersion7();
        var secret = WebhookSignature.NewSecret();
        var now = service.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var subscription = new Subscription
        {
            Id = id,
            Owner = owner,
            Url = url,
            Types = types.Length > 0 ? types : ["vn.halong.dossier."],
            CreatedAt = now,
        };
        subscription.Secrets.Add(new SubscriptionSecret
        {
            Id = id,
            SubscriptionId = id,
            Sealed = service.Services.GetRequiredService<SecretVault>().Seal(id, secret),
            CreatedAt = now,
        });
        return (subscription, WebhookSignature.Show(secret));
    }

    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client, HttpMethod method, string path, object? body = null, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request, World.Ct);
    }

    /// <summary>Asks and expects success.</summary>
    public static async Task<JsonElement> OkAsync(this HttpClient client, HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var response = await client.SendAsync(method, path, body, key);
        var text = await response.Content.ReadAsStringAsync(World.Ct);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    public static Task<JsonElement> ReadAsync(this HttpClient client, Guid subscription, string below = "") =>
        client.OkAsync(HttpMethod.Get, $"/api/v1/subscriptions/{subscription}{below}");

    /// <summary>Asks and expects a refusal.</summary>
    public static async Task<JsonElement> RefusedAsync(
        this HttpClient client, System.Net.HttpStatusCode status, string code, HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var response = await client.SendAsync(method, path, body, key);
        return await response.AssertProblemAsync(status, code);
    }

    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    public static Task<string> StateAsync(this ServiceFactory<NotificationDbContext> service, Guid id) =>
        service.InScopeAsync<NotificationDbContext, string>(async db => Words.Of((await db.Subscriptions.AsNoTracking().SingleAsync(s => s.Id == id)).State));

    public static Task BecomesAsync(this ServiceFactory<NotificationDbContext> service, Guid id, string state) =>
        Eventually.Async(async () => await service.StateAsync(id) == state, $"subscription {id} is {state}");
}
