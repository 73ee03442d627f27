using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.Dossiers.Filing.Keys;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Filing;

public sealed class SigningKeyTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    private sealed record Statement(string Code);

    [Fact]
    public void A_key_is_opened_by_its_password_only_and_told_apart_from_another()
    {
        var row = SealedKeys.Create("the right password", Start, Start);
        using (var key = SealedKeys.Open(row, ["the right password"]).Key)
            Assert.Equal(256, key.KeySize);
        Assert.ThrowsAny<CryptographicException>(() => SealedKeys.Open(row, ["a wrong password"]));
        Assert.False(SealedKeys.Open(row, ["a new password", "the right password"]).ByCurrent);
        var other = SealedKeys.Create("the right password", Start, Start);
        row.Sealed = other.Sealed;
        Assert.Contains("another key", Assert.ThrowsAny<CryptographicException>(() => SealedKeys.Open(row, ["the right password"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_signed_is_read_back_and_nothing_else_is()
    {
        var signer = dossiers.Factory.Services.GetRequiredService<Signer>();
        var jws = await signer.SignAsync("test+jwt", new Statement("H49"), Ct);
        Assert.Equal(new Statement("H49"), await signer.ReadAsync<Statement>("test+jwt", jws, Ct));
        Assert.Null(await signer.ReadAsync<Statement>("other+jwt", jws, Ct));
        var parts = jws.Split('.');
        var forged = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"code":"H50"}""")).TrimEnd('=');
        Assert.Null(await signer.ReadAsync<Statement>("test+jwt", $"{parts[0]}.{forged}.{parts[2]}", Ct));
        var none = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"alg":"none","typ":"test+jwt"}""")).TrimEnd('=');
        foreach (var nonsense in new[] { $"{none}.{parts[1]}.", "", "x", "a.b.c", jws + "x", new string('e', 100_000) })
            Assert.Null(await signer.ReadAsync<Statement>("test+jwt", nonsense, Ct));
    }

    [Fact]
    public async Task Keys_are_published_for_everybody_without_their_private_part()
    {
        using var response = await dossiers.Factory.Client().GetAsync("/api/v1/verification-keys", Ct);
        var key = Assert.Single((await BodyAsync(response)).GetProperty("keys").EnumerateArray());
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(("EC", "P-256", "ES256"), (key.GetProperty("kty").GetString(), key.GetProperty("crv").GetString(), key.GetProperty("alg").GetString()));
        Assert.Contains("public", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_key_is_published_before_it_signs_and_old_ones_stay_published_but_can_sign_no_more()
    {
        var clock = new ShiftedTime(Start);
        await using var own = await WithClock(clock).StartAsync(waitForBus: false);
        var (keys, signer) = (own.Services.GetRequiredService<SigningKeys>(), own.Services.GetRequiredService<Signer>());
        var first = (await keys.RefreshAsync(Ct)).Published.Single().Kid;
        var old = await signer.SignAsync("test+jwt", new Statement("old"), Ct);

        clock.Set(Start.AddDays(365).AddMinutes(1));
        Assert.Equal(2, (await keys.RefreshAsync(Ct)).Published.Count);
        Assert.Equal(first, await SignerOfAsync());
        clock.Set(Start.AddDays(366).AddMinutes(2));
        Assert.NotEqual(first, await SignerOfAsync());
        clock.Set(Start.AddDays(366).AddHours(2));
        var ring = await keys.RefreshAsync(Ct);
        Assert.Equal((2, 1), (ring.Published.Count, ring.Private.Count));
        Assert.Equal(new Statement("old"), await signer.ReadAsync<Statement>("test+jwt", old, Ct));
        Assert.Null(await own.InScopeAsync((Persistence.DossierDbContext db) => db.SigningKeys.Where(k => k.Id == first).Select(k => k.Sealed).SingleAsync(Ct)));

        async Task<string?> SignerOfAsync() =>
            JsonDocument.Parse(Base64Url(await signer.SignAsync("test+jwt", new Statement("x"), Ct))).RootElement.GetProperty("kid").GetString();
    }

    [Fact]
    public async Task Replicas_that_start_at_once_make_one_first_key_and_a_new_password_seals_it_anew()
    {
        await using var own = await dossiers.NewFactory().StartAsync(waitForBus: false);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => own.InScopeAsync((KeyKeeper keeper) => keeper.KeepAsync(Ct))));
        var made = await own.InScopeAsync((Persistence.DossierDbContext db) => db.SigningKeys.AsNoTracking().SingleAsync(Ct));
        var keeper = new KeyKeeper(
            own.Services.CreateScope().ServiceProvider.GetRequiredService<Persistence.DossierDbContext>(),
            Microsoft.Extensions.Options.Options.Create(new KeyOptions { Password = "another password", PreviousPasswords = ["a password only for tests"] }), TimeProvider.System);
        Assert.True(await keeper.KeepAsync(Ct));
        Assert.False(await keeper.KeepAsync(Ct));
        var sealedAnew = await own.InScopeAsync((Persistence.DossierDbContext db) => db.SigningKeys.AsNoTracking().SingleAsync(Ct));
        Assert.Equal(made.Id, sealedAnew.Id);
        using var opened = SealedKeys.Open(sealedAnew, ["another password"]).Key;
    }

    [Fact]
    public async Task With_a_wrong_password_filing_is_refused_for_now_and_the_public_keys_stay_published()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Keys:PollInterval", "1.00:00:00").StartAsync(waitForBus: false);
        var client = own.Client(dossiers.Identity.Token());
        var id = await DraftAsync(client);
        await own.Services.GetRequiredService<SigningKeys>().GetAsync(Ct);
        var foreign = SealedKeys.Create("somebody else's password", TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow());
        await own.InScopeAsync(async (Persistence.DossierDbContext db) =>
        {
            await db.SigningKeys.ExecuteDeleteAsync(Ct);
            db.SigningKeys.Add(foreign);
            return await db.SaveChangesAsync(Ct);
        });
        await own.Services.GetRequiredService<SigningKeys>().RefreshAsync(Ct);
        using var answer = await PostAsync(client, id, "submission");
        await RefusedAsync(answer, 503, "DOS-0515");
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal("DRAFT", (await ViewAsync(client, id)).GetProperty("status").GetString());
        Assert.Contains(foreign.Id, (await GetAsync(own.Client(), "/api/v1/verification-keys")).GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("kid").GetString()));
    }

    private ServiceFactory<Program> WithClock(ShiftedTime clock) => dossiers.NewFactory().WithSetting("Keys:PollInterval", "1.00:00:00")
        .WithServices(s => s.AddSingleton<TimeProvider>(clock));

    private static byte[] Base64Url(string jws) => Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(jws.Split('.')[0]);
}
