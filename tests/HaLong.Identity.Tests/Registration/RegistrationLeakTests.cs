using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using HaLong.Identity.Codes;
using HaLong.Identity.Registration;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Registration;

/// <summary>Whoever types a personal number learns nothing about whether it has an account; its owner learns that somebody did.</summary>
public sealed partial class RegistrationLeakTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Known_and_unknown_numbers_get_the_same_answers_byte_for_byte()
    {
        var owner = new Registrant();
        await owner.RegisterAsync(site);
        var known = await WalkAsync(new Registrant(owner.PersonalNumber));
        var unknown = await WalkAsync(new Registrant());

        Assert.Equal(unknown.Count, known.Count);
        for (var i = 0; i < known.Count; i++)
            Assert.Equal(unknown[i], known[i]);
    }

    [Fact]
    public async Task The_owner_is_told_once_a_day_on_the_telephone_on_file_and_the_account_stays_as_it_is()
    {
        var owner = new Registrant();
        await owner.RegisterAsync(site);
        var before = await site.DatabaseAsync(db => db.Accounts.AsNoTracking().SingleAsync(a => a.Phone == owner.Phone, Ct));
        var stranger = new Registrant(owner.PersonalNumber);
        Assert.Equal(HttpStatusCode.OK, await stranger.RegisterAsync(site));
        Assert.Equal(HttpStatusCode.OK, await new Registrant(owner.PersonalNumber).RegisterAsync(site));

        await site.Phones.NoticeAsync(owner.Phone, NoticeTemplates.RegistrationAttempt);
        Assert.Single(site.Phones.NoticesOf(owner.Phone));
        Assert.Empty(site.Phones.NoticesOf(stranger.Phone));
        var after = await site.DatabaseAsync(db => db.Accounts.AsNoTracking().SingleAsync(a => a.Phone == owner.Phone, Ct));
        Assert.Equal((before.PasswordHash, before.Version, before.DisplayName), (after.PasswordHash, after.Version, after.DisplayName));
        Assert.False(await site.DatabaseAsync(db => db.Accounts.AnyAsync(a => a.Phone == stranger.Phone, Ct)));
        using var signIn = await site.NewBrowser().SubmitSignInAsync(stranger.National, Registrant.GoodPassword);
        Assert.Equal(HttpStatusCode.Unauthorized, signIn.StatusCode);
    }

    [Fact]
    public async Task The_owner_of_an_unknown_number_cannot_be_told_and_nothing_breaks()
    {
        var person = new Registrant();
        using var http = site.Service.Client();
        var (_, body) = await person.StartAsync(http);
        await site.Service.PublishAsync(new RegistrationStarted(body.GetProperty("id").GetGuid()));
        await site.Service.PublishAsync(new RegistrationStarted(Guid.CreateVersion7()));
        await site.Phones.CodeAsync(person.Phone);

        Assert.Empty(site.Phones.NoticesOf(person.Phone));
    }

    [Fact]
    public async Task An_address_that_asks_for_many_codes_is_slowed_down()
    {
        await using var replica = await site.StartReplicaAsync(f => f.WithSetting("Codes:PerAddressAndHour", "3").WithSetting("Limits:Prefix", site.Connection + "-address"));
        using var http = replica.Client();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.77");
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Accepted, (await new Registrant().StartAsync(http)).Status);

        using var refused = await http.PostAsJsonAsync("/api/v1/registrations", new Registrant().Form, Ct);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter!.Delta!.Value > TimeSpan.FromMinutes(50));
        Assert.Contains("IDN-0106", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Redis_people_still_register()
    {
        await using var replica = await site.StartReplicaAsync(f => f.WithSetting("ConnectionStrings:cache", "127.0.0.1:1,connectTimeout=200,abortConnect=false"));
        using var http = replica.Client();
        var person = new Registrant();
        var (status, body) = await person.StartAsync(http);

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(HttpStatusCode.OK, (await Registrant.ConfirmAsync(http, body.GetProperty("id").GetGuid(), await site.Phones.CodeAsync(person.Phone))).Status);
    }

    [Fact]
    public async Task While_the_sms_provider_is_down_registration_is_accepted_and_the_code_comes_later()
    {
        var person = new Registrant();
        site.Phones.Faults[person.Phone] = Grpc.Core.StatusCode.Unavailable;
        using var http = site.Service.Client();
        var (status, body) = await person.StartAsync(http);
        Assert.Equal(HttpStatusCode.Accepted, status);
        await Eventually.Async(() => Task.FromResult(site.Phones.Asked.Contains(person.Phone)), "the first attempt");
        site.Phones.Faults.TryRemove(person.Phone, out _);
        site.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(HttpStatusCode.OK, (await Registrant.ConfirmAsync(http, body.GetProperty("id").GetGuid(), await site.Phones.CodeAsync(person.Phone))).Status);
    }

    /// <summary>Every answer on the way of one registration, with ids, times and traces made the same.</summary>
    private async Task<List<string>> WalkAsync(Registrant person)
    {
        using var http = site.Service.Client();
        var answers = new List<string>();
        async Task<Guid?> StepAsync(string path, object? body)
        {
            using var answer = await http.PostAsJsonAsync(path, body, Ct);
            var text = await answer.Content.ReadAsStringAsync(Ct);
            var headers = string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not ("Date" or "Retry-After")).Select(h => $"{h.Key}: {string.Join(',', h.Value)}").Order());
            answers.Add($"{(int)answer.StatusCode}\n{headers}\n{Changing().Replace(text, "…")}");
            return Id().Match(text) is { Success: true } id ? Guid.Parse(id.Groups[1].Value) : null;
        }

        var id = (await StepAsync("/api/v1/registrations", person.Form))!.Value;
        var code = await site.Phones.CodeAsync(person.Phone);
        await StepAsync($"/api/v1/registrations/{id}/resend", null);
        await StepAsync($"/api/v1/registrations/{id}/confirmation", new { code = code == "111111" ? "111112" : "111111", password = Registrant.GoodPassword });
        await StepAsync($"/api/v1/registrations/{id}/confirmation", new { code, password = "short" });
        await StepAsync($"/api/v1/registrations/{id}/confirmation", new { code, password = Registrant.GoodPassword });
        await StepAsync($"/api/v1/registrations/{id}/confirmation", new { code, password = Registrant.GoodPassword });
        await StepAsync($"/api/v1/registrations/{id}/resend", null);
        return answers;
    }

    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|""[0-9]{4}-[0-9]{2}-[0-9]{2}T[^""]+""|""traceId"":""[^""]+""")]
    private static partial Regex Changing();

    [GeneratedRegex("\"id\":\"([^\"]+)\"")]
    private static partial Regex Id();
}
