using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.Links;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>A person tells what a provider calls him: for himself, strongly signed in, kept sealed and shown masked.</summary>
[Collection(ProviderGroup.Name)]
public sealed class LinkTests(ProviderFixture fixture) : IAsyncLifetime
{
    private const string Path = "/api/v1/me/signing-providers/";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await fixture.ClearAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private HttpClient As(Guid account, bool strong = true, string? check = null) => fixture.Service.Client(fixture.Identity.Token(account, strong: strong, check: check));

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PutAsync(HttpClient client, string provider, string? userId, string? match = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Path + provider) { Content = JsonContent.Create(new { userId }) };
        if (match is not null)
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(match));
        using var answer = await client.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Ct));
    }

    private static string Code(JsonElement body) => body.GetProperty("code").GetString()!;

    [Fact]
    public async Task A_person_links_signs_by_it_changes_and_unlinks()
    {
        var account = Guid.CreateVersion7();
        using var client = As(account, check: "0123");
        using var none = await client.GetAsync(Path + "smartca", Ct);
        Assert.Equal((HttpStatusCode.NotFound, "SIG-0404"), (none.StatusCode, Code(await none.Content.ReadFromJsonAsync<JsonElement>(Ct))));

        var linked = await PutAsync(client, "smartca", " " + ProviderFixture.Hanh + " ");
        Assert.Equal((HttpStatusCode.OK, "•••••••••123"), (linked.Status, linked.Body.GetProperty("userId").GetString()));
        // From now on the provider knows whom to ask.
        Assert.NotEmpty((await fixture.Provider("smartca").ListAsync(new SignerIdentity(account), Ct)).Value);

        using var seen = await client.GetAsync(Path + "smartca", Ct);
        Assert.DoesNotContain("0221", await seen.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync(client, "smartca", ProviderFixture.Hanh, "\"1\"")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(client, "smartca", ProviderFixture.Hanh, seen.Headers.ETag!.ToString())).Status);

        using var stale = new HttpRequestMessage(HttpMethod.Delete, Path + "smartca");
        stale.Headers.IfMatch.Add(seen.Headers.ETag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await client.SendAsync(stale, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(new Uri(Path + "smartca", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.DeleteAsync(new Uri(Path + "smartca", UriKind.Relative), Ct)).StatusCode);
    }

    [Fact]
    public async Task What_is_kept_is_sealed_for_its_row_and_never_in_the_clear()
    {
        var account = Guid.CreateVersion7();
        using var client = As(account);
        await PutAsync(client, "smartca", ProviderFixture.Minh);
        await PutAsync(client, "csc-lab", "minh@example");
        var rows = await fixture.Service.InScopeAsync<SignatureDbContext, List<ProviderLink>>(db => db.ProviderLinks.AsNoTracking().Where(l => l.AccountId == account).ToListAsync(Ct));
        Assert.Equal(2, rows.Count);
        Assert.All(rows, r => Assert.DoesNotContain(ProviderFixture.Minh, Encoding.Latin1.GetString(r.SealedUser), StringComparison.Ordinal));
        Assert.All(rows, r => Assert.Equal(16, r.KeyId.Length));
        Assert.DoesNotContain(fixture.Logs.Lines, l => l.Contains(ProviderFixture.Minh, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("smartca", "12345", null, 400, "SIG-0403")]
    [InlineData("smartca", "02218500012x", null, 400, "SIG-0403")]
    [InlineData("smartca", null, null, 400, "SIG-0403")]
    [InlineData("smartca", ProviderFixture.Hanh, "9999", 400, "SIG-0403")]
    [InlineData("csc-lab", "", null, 400, "SIG-0403")]
    [InlineData("csc-lab", "a\nb", null, 400, "SIG-0403")]
    [InlineData("csc-nobody", "x", null, 404, "SIG-0401")]
    [InlineData("imported", "x", null, 404, "SIG-0401")]
    public async Task A_wrong_name_or_an_unknown_provider_is_refused(string provider, string? user, string? check, int status, string code)
    {
        using var client = As(Guid.CreateVersion7(), check: check);
        var answer = await PutAsync(client, provider, user);
        Assert.Equal((status, code), ((int)answer.Status, Code(answer.Body)));
    }

    [Fact]
    public async Task One_factor_is_not_enough_and_helpers_have_no_access()
    {
        using var weak = As(Guid.CreateVersion7(), strong: false);
        Assert.Equal((HttpStatusCode.Unauthorized, "CMN-0470"), (await PutAsync(weak, "smartca", ProviderFixture.Hanh)) is var a ? (a.Status, Code(a.Body)) : default);
        using var helper = fixture.Service.Client(fixture.Identity.Token(Guid.CreateVersion7(), actor: Guid.CreateVersion7(), assistedSession: Guid.CreateVersion7(), strong: true));
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(helper, "smartca", ProviderFixture.Hanh)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await As(Guid.CreateVersion7()).GetAsync(Path + "nobody", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await As(Guid.CreateVersion7()).DeleteAsync(new Uri(Path + "nobody", UriKind.Relative), Ct)).StatusCode);
    }

    [Fact]
    public void A_box_opens_only_in_its_row_and_under_its_password()
    {
        var (vault, account) = (Vault("a password of the tests"), Guid.CreateVersion7());
        var box = vault.Seal(account, "smartca", ProviderFixture.Hanh);
        Assert.Equal(ProviderFixture.Hanh, vault.Open(account, "smartca", box));
        Assert.NotEqual(box, vault.Seal(account, "smartca", ProviderFixture.Hanh));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(account, "csc-lab", box));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(Guid.CreateVersion7(), "smartca", box));
        Assert.ThrowsAny<CryptographicException>(() => Vault("another password").Open(account, "smartca", box));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(account, "smartca", box[..20]));
        box[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(account, "smartca", box));
        Assert.Equal(vault.KeyId, Vault("a password of the tests").KeyId);
        Assert.NotEqual(vault.KeyId, Vault("another password").KeyId);

        var links = new ProviderLinks(null!, vault);
        var broken = Assert.Throws<ErrorException>(() => links.Open(ProviderLink.Of(account, "smartca", box, vault.KeyId, fixture.Time.GetUtcNow())));
        Assert.Equal("SIG-0009", broken.Error.Code);
    }

    private static LinkVault Vault(string password) => new(Options.Create(new PkiOptions { KeyPassword = password }));
}
