using System.Net;
using Grpc.Core;
using HaLong.Identity.Administration;
using HaLong.Identity.Tests.Staff;
using HaLong.Identity.V1;

namespace HaLong.Identity.Tests.Administration;

/// <summary>What other services may know about partners' clients, asked while nobody is calling.</summary>
public sealed class PartnerClientsTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task An_active_client_is_told_with_its_scopes_and_its_contact_and_an_unknown_one_is_left_out()
    {
        await CreatedAsync("checked.partner", "van-hanh@partner.example");

        var client = Assert.Single(await CheckAsync("checked.partner", "nobody.at-all", "checked.partner"));

        Assert.Equal(("checked.partner", true, "van-hanh@partner.example"), (client.ClientId, client.Active, client.ContactEmail));
        Assert.Equal(["halong.events"], client.Scopes);
    }

    [Fact]
    public async Task A_disabled_client_may_nothing_and_again_all_once_it_is_enabled()
    {
        await CreatedAsync("switched.partner");
        var token = await site.AdministratorAsync();

        (await site.PostAsync("clients/switched.partner/deactivation", token)).Expect(HttpStatusCode.OK);
        var off = Assert.Single(await CheckAsync("switched.partner"));
        (await site.PostAsync("clients/switched.partner/activation", token)).Expect(HttpStatusCode.OK);
        var on = Assert.Single(await CheckAsync("switched.partner"));

        Assert.False(off.Active);
        Assert.Empty(off.Scopes);
        Assert.True(on.Active);
        Assert.Equal(["halong.events"], on.Scopes);
        Assert.Equal("", on.ContactEmail);
    }

    [Fact]
    public async Task A_removed_client_is_not_known_any_more()
    {
        await CreatedAsync("removed.partner");
        Assert.Single(await CheckAsync("removed.partner"));

        var reply = await site.CallAsync(HttpMethod.Delete, "/api/v1/admin/clients/removed.partner", await site.AdministratorAsync(), null, null, null);

        reply.Expect(HttpStatusCode.NoContent);
        Assert.Empty(await CheckAsync("removed.partner"));
    }

    [Fact]
    public async Task Only_services_may_ask_and_not_for_more_than_two_hundred_at_once()
    {
        var request = new BatchCheckClientsRequest { ClientIds = { "partner" } };
        var nobody = await Assert.ThrowsAsync<RpcException>(async () => await Client(null).BatchCheckAsync(request));
        var person = await Assert.ThrowsAsync<RpcException>(async () => await Client(await site.AdministratorAsync()).BatchCheckAsync(request));
        var many = new BatchCheckClientsRequest();
        many.ClientIds.AddRange(Enumerable.Range(0, 201).Select(i => "client-" + i));
        var tooMany = await Assert.ThrowsAsync<RpcException>(async () => await Client(site.ServiceToken()).BatchCheckAsync(many));

        Assert.Equal((StatusCode.Unauthenticated, StatusCode.PermissionDenied, StatusCode.InvalidArgument), (nobody.StatusCode, person.StatusCode, tooMany.StatusCode));
    }

    [Fact]
    public async Task A_contact_that_is_no_mailbox_is_refused_with_its_field()
    {
        var reply = await site.PostAsync("clients", await site.AdministratorAsync(), Partner("wrong.contact", "not a mailbox"));

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Contains("contactEmail", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("van-hanh@partner.example", true)]
    [InlineData("vận-hành", false)]
    [InlineData("Somebody <a@b.vn>", false)]
    [InlineData("a@localhost", false)]
    [InlineData("", false)]
    public void A_contact_is_one_bare_mailbox(string text, bool good) => Assert.Equal(good, ClientContact.IsMailbox(text));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("[]", null)]
    [InlineData("""{"contact_email":5}""", null)]
    [InlineData("""{"contact_email":"a@b.vn","other":1}""", "a@b.vn")]
    public void It_is_found_among_stored_properties(string? properties, string? expected) => Assert.Equal(expected, ClientContact.Of(properties));

    private async Task<IReadOnlyList<PartnerClient>> CheckAsync(params string[] ids)
    {
        var request = new BatchCheckClientsRequest();
        request.ClientIds.AddRange(ids);
        return (await Client(site.ServiceToken()).BatchCheckAsync(request)).Clients;
    }

    private PartnerClients.PartnerClientsClient Client(string? token) => new(site.Service.Grpc(token));

    private async Task CreatedAsync(string id, string? contact = null) =>
        (await site.PostAsync("clients", await site.AdministratorAsync(), Partner(id, contact))).Expect(HttpStatusCode.Created);

    private static Dictionary<string, object?> Partner(string id, string? contact) => new()
    {
        ["clientId"] = id,
        ["name"] = "Đối tác " + id,
        ["type"] = "confidential",
        ["authentication"] = "secret",
        ["grant"] = "clientCredentials",
        ["scopes"] = new[] { "halong.events" },
        ["contactEmail"] = contact,
    };
}
