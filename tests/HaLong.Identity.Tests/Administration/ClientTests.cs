using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using HaLong.Identity.Administration;
using HaLong.Identity.OpenId.Clients;
using HaLong.Identity.Tests.Staff;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;

namespace HaLong.Identity.Tests.Administration;

public sealed class ClientTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static readonly JsonSerializerOptions Web = JsonSerializerOptions.Web;

    [Fact]
    public async Task A_partner_gets_a_secret_once_and_tokens_with_it()
    {
        var made = await CreatedAsync(Partner("new.partner"));
        var secret = made.Json.Text("clientSecret");

        Assert.Equal(43, secret.Length);
        await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync("new.partner", secret, "halong.events"));
        Assert.Equal("invalid_request", await Browser.ErrorAsync(await site.NewBrowser().ClientCredentialsAsync("new.partner", secret, "halong.internal")));
        var read = (await site.ReadAsync("clients/new.partner", await site.AdministratorAsync())).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain(secret, read.Text, StringComparison.Ordinal);
        Assert.Equal(("confidential", "secret", "clientCredentials", "administrators", false), (
            read.Json.Text("type"), read.Json.Text("authentication"), read.Json.Text("grant"), read.Json.Text("managedBy"), read["disabled"].GetBoolean()));
        var entry = Assert.Single(await site.AuditOfAsync("new.partner"));
        Assert.Equal("client.created", entry.Text("action"));
        Assert.DoesNotContain(secret, entry.GetRawText(), StringComparison.Ordinal);
        Assert.False(await site.DatabaseAsync(db => db.Database.SqlQuery<bool>($"SELECT EXISTS (SELECT 1 FROM oidc_application WHERE client_secret = {secret}) AS \"Value\"").SingleAsync()));
    }

    [Fact]
    public async Task A_front_end_of_a_partner_signs_people_in_at_its_exact_address()
    {
        await CreatedAsync(FrontEnd("partner-web"));
        var parameters = Browser.AuthorizeParameters("partner-web");
        parameters["redirect_uri"] = "https://partner.example/callback";
        var code = await site.NewBrowser().CodeAsync("citizen", parameters);
        var tokens = await Browser.OkAsync(await site.NewBrowser().ExchangeAsync(code, client: "partner-web", redirect: "https://partner.example/callback"));
        parameters["redirect_uri"] = "https://partner.example/callback/other";
        using var refused = await site.NewBrowser().AuthorizeAsync(parameters);

        Assert.Equal("partner-web", Browser.Read(tokens).GetClaim("client_id").Value);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var backchannel = await site.Service.InScopeAsync<IOpenIddictApplicationManager, JsonElement>(async clients =>
            (await clients.GetPropertiesAsync((await clients.FindByClientIdAsync("partner-web"))!))[BackChannel.AddressProperty]);
        Assert.Equal("https://partner.example/backchannel", backchannel.GetString());
    }

    [Fact]
    public async Task A_client_that_proves_itself_with_a_key_has_no_secret()
    {
        var made = await CreatedAsync(Keyed("keyed.partner", Key("k1")));

        Assert.Equal(JsonValueKind.Null, made["clientSecret"].ValueKind);
        Assert.Equal("k1", made["client"].GetProperty("keyIds")[0].GetString());
        (await site.PostAsync("clients/keyed.partner/secret", await site.AdministratorAsync())).Refused(HttpStatusCode.Conflict, "IDN-0725");
        var changed = Keyed("keyed.partner", Key("k2"));
        Assert.Equal("k2", (await PutAsync("keyed.partner", changed)).Expect(HttpStatusCode.OK)["keyIds"][0].GetString());
    }

    [Theory]
    [InlineData("""{"clientId":"x"}""", "authentication,clientId,grant,name,scopes,type")]
    [InlineData("""{"clientId":"Upper-Case","name":"n","type":"public","grant":"authorizationCode","scopes":["openid"],"redirectUris":["https://a.example/cb"]}""", "clientId")]
    [InlineData("""{"clientId":"pub","name":"n","type":"public","authentication":"secret","grant":"authorizationCode","scopes":["openid"],"redirectUris":["https://a.example/cb"]}""", "authentication")]
    [InlineData("""{"clientId":"pub","name":"n","type":"public","grant":"clientCredentials","scopes":["halong.events"]}""", "grant")]
    [InlineData("""{"clientId":"pub","name":"n","type":"public","grant":"authorizationCode","scopes":["halong.internal"],"redirectUris":["https://a.example/cb"]}""", "scopes")]
    [InlineData("""{"clientId":"pub","name":"n","type":"public","grant":"authorizationCode","scopes":["openid"],"redirectUris":[]}""", "redirectUris")]
    [InlineData("""{"clientId":"srv","name":"n","type":"confidential","authentication":"secret","grant":"clientCredentials","scopes":["halong.api"]}""", "scopes")]
    [InlineData("""{"clientId":"srv","name":"n","type":"confidential","authentication":"secret","grant":"clientCredentials","scopes":["halong.internal"]}""", "scopes")]
    [InlineData("""{"clientId":"srv","name":"n","type":"confidential","authentication":"secret","grant":"clientCredentials","scopes":["halong.events"],"redirectUris":["https://a.example/cb"]}""", "redirectUris")]
    [InlineData("""{"clientId":"srv","name":"n","type":"confidential","authentication":"secret","grant":"clientCredentials","scopes":["halong.events"],"backchannelLogoutUri":"https://a.example/b"}""", "backchannelLogoutUri")]
    [InlineData("""{"clientId":"pub","name":"n","type":"public","grant":"authorizationCode","scopes":["openid"],"redirectUris":["https://a.example/cb"],"backchannelLogoutUri":"http://a.example/b"}""", "backchannelLogoutUri")]
    [InlineData("""{"clientId":"pub","name":"n","type":"public","grant":"authorizationCode","scopes":["openid"],"redirectUris":["https://a.example/cb"],"postLogoutRedirectUris":["http://a.example/"]}""", "postLogoutRedirectUris")]
    [InlineData("""{"clientId":"srv","name":"n","type":"confidential","authentication":"privateKeyJwt","grant":"clientCredentials","scopes":["halong.events"]}""", "jwks")]
    [InlineData("""{"clientId":"srv","name":"n","type":"confidential","authentication":"secret","grant":"clientCredentials","scopes":["halong.events"],"jwks":{"keys":[]}}""", "jwks")]
    public async Task A_client_that_makes_no_sense_is_refused(string body, string fields) => Assert.Equal(
        fields, string.Join(',', (await site.PostAsync("clients", await site.AdministratorAsync(), body)).Refused(HttpStatusCode.BadRequest, "IDN-0700").Fields.Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("https://partner.example/callback", true, true)]
    [InlineData("vn.partner.app:/callback", true, true)]
    [InlineData("vn.partner.app:/callback", false, false)]
    [InlineData("http://partner.example/callback", true, false)]
    [InlineData("http://127.0.0.1/callback", true, false)]
    [InlineData("https://partner.example/*", true, false)]
    [InlineData("https://*.partner.example/callback", true, false)]
    [InlineData("https://partner.example/callback#part", true, false)]
    [InlineData("https://partner.example/callback#", true, false)]
    [InlineData("https://user@partner.example/callback", true, false)]
    [InlineData("javascript:alert(1)", true, false)]
    [InlineData("myapp:/callback", true, false)]
    [InlineData("vn.partner.app://host/callback", true, false)]
    [InlineData("/callback", true, false)]
    [InlineData("", true, false)]
    public void Redirect_addresses_are_exact_and_https_or_of_an_app(string text, bool appSchemes, bool isGood) =>
        Assert.Equal(isGood, ClientInput.IsRedirect(text, appSchemes));

    [Fact]
    public void Keys_are_public_strong_and_named()
    {
        Assert.Null(Judge(new { keys = new[] { Key("a"), Curve("b", "P-256") } }));
        Assert.NotNull(Judge(null));
        Assert.NotNull(Judge("keys"));
        Assert.NotNull(Judge(new { keys = Array.Empty<object>() }));
        Assert.NotNull(Judge(new { keys = new object[] { "key" } }));
        Assert.NotNull(Judge(new { keys = new[] { Key("a"), Key("a") } }));
        Assert.NotNull(Judge(new { keys = new[] { Key(null) } }));
        Assert.NotNull(Judge(new { keys = new[] { Key("a", 1024) } }));
        Assert.NotNull(Judge(new { keys = new[] { Curve("a", "P-521") } }));
        Assert.NotNull(Judge(new { keys = new[] { new { kty = "oct", kid = "a", k = "c2VjcmV0" } } }));
        Assert.NotNull(Judge(new { keys = new[] { new { kty = "RSA", kid = "a", e = "AQAB", n = "not base64!" } } }));
        Assert.NotNull(Judge(new { keys = new[] { new { kty = "RSA", kid = "a", e = "AQAB", n = Number(2048), d = "AQAB" } } }));
        Assert.NotNull(Judge(new { keys = new[] { new { kty = "RSA", kid = "a", e = "AQAB", n = Number(2048), use = "enc" } } }));
        Assert.NotNull(Judge(new { keys = Enumerable.Range(0, 11).Select(n => Key("k" + n)) }));
    }

    [Fact]
    public async Task An_id_is_taken_for_ever()
    {
        await CreatedAsync(Partner("short-lived"));
        (await CreateAsync(Partner("short-lived"))).Refused(HttpStatusCode.Conflict, "IDN-0722");
        (await CreateAsync(Partner("dossier"))).Refused(HttpStatusCode.Conflict, "IDN-0722");
        (await site.CallAsync(HttpMethod.Delete, "/api/v1/admin/clients/short-lived", await site.AdministratorAsync())).Expect(HttpStatusCode.NoContent);

        (await CreateAsync(Partner("short-lived"))).Refused(HttpStatusCode.Conflict, "IDN-0722");
        (await site.ReadAsync("clients/short-lived", await site.AdministratorAsync())).Refused(HttpStatusCode.NotFound, "IDN-0721");
        Assert.True(await site.DatabaseAsync(db => db.Revocations.AnyAsync(r => r.Subject == "short-lived" && r.Epoch == 1)));
    }

    [Fact]
    public async Task A_rotated_secret_works_and_the_old_one_does_not()
    {
        var old = (await CreatedAsync(Partner("rotating"))).Json.Text("clientSecret");
        var rotated = (await site.PostAsync("clients/rotating/secret", await site.AdministratorAsync())).Expect(HttpStatusCode.OK);

        await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync("rotating", rotated.Json.Text("clientSecret"), "halong.events"));
        Assert.Equal("invalid_client", await Browser.ErrorAsync(await site.NewBrowser().ClientCredentialsAsync("rotating", old, "halong.events")));
        Assert.Equal(["client.created", "client.secret_rotated"], (await site.AuditOfAsync("rotating")).Select(e => e.Text("action")));
    }

    [Fact]
    public async Task A_disabled_client_gets_nothing_and_its_tokens_are_void_until_it_is_enabled_again()
    {
        var token = await site.AdministratorAsync();
        var secret = (await CreatedAsync(Partner("to-disable"))).Json.Text("clientSecret");
        var before = Browser.Read(await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync("to-disable", secret, "halong.events")));
        var disabled = (await site.PostAsync("clients/to-disable/deactivation", token)).Expect(HttpStatusCode.OK);
        (await site.PostAsync("clients/to-disable/deactivation", token)).Expect(HttpStatusCode.OK);

        Assert.True(disabled["disabled"].GetBoolean());
        Assert.Equal("halong.events", disabled["scopes"][0].GetString());
        Assert.Equal("unauthorized_client", await Browser.ErrorAsync(await site.NewBrowser().ClientCredentialsAsync("to-disable", secret, "halong.events")));
        Assert.Equal("0", before.GetClaim("epoch").Value);
        Assert.Equal(1, await site.DatabaseAsync(db => db.Revocations.CountAsync(r => r.Subject == "to-disable" && r.Epoch == 1)));
        (await PutAsync("to-disable", Partner("to-disable"))).Refused(HttpStatusCode.Conflict, "IDN-0724");
        (await site.PostAsync("clients/to-disable/secret", token)).Refused(HttpStatusCode.Conflict, "IDN-0724");

        Assert.False((await site.PostAsync("clients/to-disable/activation", token)).Expect(HttpStatusCode.OK)["disabled"].GetBoolean());
        var after = Browser.Read(await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync("to-disable", secret, "halong.events")));
        Assert.Equal("1", after.GetClaim("epoch").Value);
        Assert.Equal(["client.created", "client.disabled", "client.enabled"], (await site.AuditOfAsync("to-disable")).Select(e => e.Text("action")));
    }

    [Fact]
    public async Task People_signed_in_through_a_disabled_client_cannot_refresh()
    {
        await CreatedAsync(FrontEnd("front-to-disable"));
        var parameters = Browser.AuthorizeParameters("front-to-disable");
        parameters["redirect_uri"] = "https://partner.example/callback";
        var browser = site.NewBrowser();
        var tokens = await Browser.OkAsync(await browser.ExchangeAsync(await browser.CodeAsync("citizen", parameters), client: "front-to-disable", redirect: "https://partner.example/callback"));
        (await site.PostAsync("clients/front-to-disable/deactivation", await site.AdministratorAsync())).Expect(HttpStatusCode.OK);
        (await site.PostAsync("clients/front-to-disable/activation", await site.AdministratorAsync())).Expect(HttpStatusCode.OK);

        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(tokens.Text("refresh_token"), "front-to-disable")));
    }

    [Fact]
    public async Task What_a_client_is_stays_and_what_it_may_do_changes()
    {
        var made = await CreatedAsync(FrontEnd("to-change"));
        var body = new { name = "Tên mới", type = "confidential", scopes = new[] { "openid", "profile" }, redirectUris = new[] { "https://new.example/callback" } };
        (await PutAsync("to-change", body, "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        var changed = (await PutAsync("to-change", body, made.Etag)).Expect(HttpStatusCode.OK);

        Assert.Equal(("Tên mới", "public"), (changed.Json.Text("name"), changed.Json.Text("type")));
        Assert.Equal(["https://new.example/callback"], changed["redirectUris"].EnumerateArray().Select(u => u.GetString()));
        Assert.Equal(["offline_access", "openid", "profile"], changed["scopes"].EnumerateArray().Select(u => u.GetString()));
        Assert.Equal(JsonValueKind.Null, changed["backchannelLogoutUri"].ValueKind);
        (await PutAsync("to-change", new { name = "" })).Refused(HttpStatusCode.BadRequest, "IDN-0700");
        var entry = (await site.AuditOfAsync("to-change"))[^1];
        Assert.Equal(("client.changed", "Cổng đối tác", "Tên mới"), (entry.Text("action"), entry.GetProperty("before").Text("name"), entry.GetProperty("after").Text("name")));
    }

    [Fact]
    public async Task Clients_of_the_platform_are_shown_but_kept_by_its_configuration()
    {
        var token = await site.AdministratorAsync();
        var web = (await site.ReadAsync("clients/web", token)).Expect(HttpStatusCode.OK);

        Assert.Equal("configuration", web.Json.Text("managedBy"));
        (await PutAsync("web", FrontEnd("web"))).Refused(HttpStatusCode.Conflict, "IDN-0723");
        (await site.PostAsync("clients/dossier/secret", token)).Refused(HttpStatusCode.Conflict, "IDN-0723");
        (await site.PostAsync("clients/dossier/deactivation", token)).Refused(HttpStatusCode.Conflict, "IDN-0723");
        (await site.CallAsync(HttpMethod.Delete, "/api/v1/admin/clients/web", token)).Refused(HttpStatusCode.Conflict, "IDN-0723");
        foreach (var path in (string[])["", "/secret", "/deactivation", "/activation"])
            (await site.CallAsync(path.Length == 0 ? HttpMethod.Delete : HttpMethod.Post, "/api/v1/admin/clients/nobody" + path, token)).Refused(HttpStatusCode.NotFound, "IDN-0721");
    }

    [Fact]
    public async Task All_clients_are_listed_by_id_over_pages()
    {
        var ids = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = (await site.ReadAsync("clients?limit=3" + (after.Length > 0 ? "&after=" + after : ""), await site.AdministratorAsync())).Expect(HttpStatusCode.OK);
            ids.AddRange(page.Items.Select(c => c.Text("clientId")));
            after = page["after"].GetString();
        }

        Assert.Equal(ids.Distinct(), ids);
        Assert.Superset(new HashSet<string> { "web", "mobile", "partner", "dossier", "payment", "notification", "e-signature" }, ids.ToHashSet());
    }

    [Fact]
    public async Task Clients_belong_to_the_province_and_to_strong_sign_ins()
    {
        var local = await site.LocalAsync("06688");
        var weak = await site.TokenAsync("administrator");
        (await site.ReadAsync("clients", local)).Refused(HttpStatusCode.Forbidden, "IDN-0701");
        (await site.ReadAsync("clients/web", local)).Refused(HttpStatusCode.Forbidden, "IDN-0701");
        foreach (var (method, path) in ((HttpMethod, string)[])
            [(HttpMethod.Post, ""), (HttpMethod.Put, "/web"), (HttpMethod.Post, "/web/secret"), (HttpMethod.Post, "/web/deactivation"), (HttpMethod.Post, "/web/activation"), (HttpMethod.Delete, "/web")])
        {
            var body = method == HttpMethod.Delete ? null : Partner("of.commune");
            (await site.CallAsync(method, "/api/v1/admin/clients" + path, local, body)).Refused(HttpStatusCode.Forbidden, "IDN-0701");
            (await site.CallAsync(method, "/api/v1/admin/clients" + path, weak, body)).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        }
    }

    [Fact]
    public async Task Several_at_once_with_one_id_make_one_client()
    {
        var token = await site.AdministratorAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => site.PostAsync("clients", token, Partner("raced-client"))));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.Conflict, a.Status));
    }

    private static object Partner(string id) => new
    {
        clientId = id,
        name = "Đối tác",
        type = "confidential",
        authentication = "secret",
        grant = "clientCredentials",
        scopes = new[] { "halong.events" },
    };

    private static object Keyed(string id, object key) => new
    {
        clientId = id,
        name = "Đối tác",
        type = "confidential",
        authentication = "privateKeyJwt",
        grant = "clientCredentials",
        scopes = new[] { "halong.events" },
        jwks = new { keys = new[] { key } },
    };

    private static object FrontEnd(string id) => new
    {
        clientId = id,
        name = "Cổng đối tác",
        type = "public",
        grant = "authorizationCode",
        scopes = new[] { "openid", "profile", "email", "offline_access", "halong.api" },
        redirectUris = new[] { "https://partner.example/callback" },
        postLogoutRedirectUris = new[] { "https://partner.example/" },
        backchannelLogoutUri = "https://partner.example/backchannel",
    };

    private static object Key(string? id, int bits = 2048) => new { kty = "RSA", use = "sig", kid = id, e = "AQAB", n = Number(bits) };

    private static object Curve(string id, string curve) => new { kty = "EC", kid = id, crv = curve, x = Number(256), y = Number(256) };

    private static string Number(int bits)
    {
        var bytes = RandomNumberGenerator.GetBytes(bits / 8);
        bytes[0] |= 0x80;
        return WebEncoders.Base64UrlEncode(bytes);
    }

    private static FieldMessage? Judge(object? jwks) => ClientKeySet.WhatIsWrong(jwks is null ? null : JsonSerializer.SerializeToElement(jwks, Web));

    private async Task<Reply> CreatedAsync(object body) => (await CreateAsync(body)).Expect(HttpStatusCode.Created);

    private async Task<Reply> CreateAsync(object body) => await site.PostAsync("clients", await site.AdministratorAsync(), body);

    private async Task<Reply> PutAsync(string id, object body, string? ifMatch = null) =>
        await site.CallAsync(HttpMethod.Put, "/api/v1/admin/clients/" + id, await site.AdministratorAsync(), body, ifMatch);
}
