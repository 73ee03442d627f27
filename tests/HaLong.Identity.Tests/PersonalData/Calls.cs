using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HaLong.Identity.Tests.PersonalData;

/// <summary>Calls of the API in one line, and people to make them.</summary>
internal static class Calls
{
    internal sealed record Answer(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers, byte[] Bytes, string? MediaType)
    {
        /// <summary>The code of a problem.</summary>
        public string? Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString() : null;

        public string[] Fields => [.. Body.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order()];
    }

    public static async Task<Answer> CallAsync(
        this IdentitySite site, string? token, HttpMethod method, string path, object? body = null, string? ifMatch = null, string? key = null)
    {
        using var client = site.Service.Client(token);
        using var request = new HttpRequestMessage(method, path);
        request.Content = body switch { null => null, HttpContent content => content, _ => JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var media = answer.Content.Headers.ContentType?.MediaType;
        var json = bytes.Length > 0 && media?.EndsWith("json", StringComparison.Ordinal) == true ? JsonSerializer.Deserialize<JsonElement>(bytes) : default;
        return new Answer(answer.StatusCode, json, answer.Headers, bytes, media);
    }

    public static Task<Answer> GetAsync(this IdentitySite site, string? token, string path) => site.CallAsync(token, HttpMethod.Get, path);

    public static Task<Answer> PostAsync(this IdentitySite site, string? token, string path, object? body = null, string? ifMatch = null, string? key = null) =>
        site.CallAsync(token, HttpMethod.Post, path, body ?? new { }, ifMatch, key);

    public static Task<Answer> DeleteAsync(this IdentitySite site, string? token, string path) => site.CallAsync(token, HttpMethod.Delete, path);

    /// <summary>A new person of the public, or an official, with a personal number of her own.</summary>
    public static async Task<Guid> PersonAsync(this IdentitySite site, string userName, string number, string role = "citizen", string? unit = null) =>
        await site.DatabaseAsync(async db =>
        {
            var account = Account.Register(Guid.CreateVersion7(), userName, "Người " + userName, [role], site.Clock.GetUtcNow());
            account.SetContactPoints(userName + "@halong.example", "0901999888", "vi");
            account.AssignTo(unit);
            account.SetLevel(2);
            site.Service.Services.GetRequiredService<PersonalNumbers>().Set(account, PersonalNumber.TryParse(number)!);
            db.Accounts.Add(account);
            await db.SaveChangesAsync();
            return account.Id;
        });

    /// <summary>Raw SQL, for what the service itself never does.</summary>
    public static async Task<int> SqlAsync(this IdentitySite site, string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(site.Connection);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> InScopeAsync<TService, T>(this IdentitySite site, Func<TService, Task<T>> work)
        where TService : notnull
    {
        await using var scope = site.Service.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>A token in which somebody acts for somebody else, as the token exchange gives it.</summary>
    public static async Task<string> ActingTokenAsync(this IdentitySite site, string subject, string actor)
    {
        var (subjectId, actorId) = (await site.IdOfAsync(subject), await site.IdOfAsync(actor));
        return site.Mint(
        [
            new Claim("sub", subjectId.ToString()), new Claim("name", subject), new Claim("scope", Policies.ApiScope), new Claim("channel", "assisted"),
            new Claim("client_id", "web"), new Claim("role", "citizen"), new Claim("act", $$"""{"sub":"{{actorId}}"}""", JsonClaimValueTypes.Json),
            new Claim("acr", Caller.StrongAcr), new Claim("loa", "2"), new Claim("assisted_session", Guid.CreateVersion7().ToString()),
        ]);
    }
}
