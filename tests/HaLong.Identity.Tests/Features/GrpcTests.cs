using Grpc.Core;
using HaLong.Identity.V1;

namespace HaLong.Identity.Tests.Features;

public sealed class GrpcTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task A_service_gets_the_accounts_it_names_and_unknown_ids_are_left_out()
    {
        var citizen = await site.IdOfAsync("citizen");
        var officer = await site.IdOfAsync("officer");
        var answer = await new Accounts.AccountsClient(site.Service.Grpc(await ServiceTokenAsync())).BatchGetAccountsAsync(
            new BatchGetAccountsRequest { Ids = { citizen.ToString(), officer.ToString(), citizen.ToString(), Guid.CreateVersion7().ToString(), "partner" } },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, answer.Accounts.Count);
        var found = answer.Accounts.Single(a => a.Id == officer.ToString());
        Assert.Equal(("Phạm Văn Thụ", "official", "06688"), (found.DisplayName, found.Kind, found.UnitCode));
        Assert.Equal(["officer"], found.Roles);
        Assert.Equal("", answer.Accounts.Single(a => a.Id == citizen.ToString()).UnitCode);
    }

    [Fact]
    public async Task A_service_gets_contact_points()
    {
        var citizen = await site.IdOfAsync("administrator");
        var answer = await new Accounts.AccountsClient(site.Service.Grpc(await ServiceTokenAsync())).BatchGetContactPointsAsync(
            new BatchGetContactPointsRequest { AccountIds = { citizen.ToString(), Guid.CreateVersion7().ToString() } },
            cancellationToken: TestContext.Current.CancellationToken);

        var point = Assert.Single(answer.ContactPoints);
        Assert.Equal(("administrator@halong.example", "0901000009", "en"), (point.Email, point.Phone, point.Language));
    }

    [Theory]
    [InlineData("", 54)]
    [InlineData("2025-07-01", 54)]
    [InlineData("2025-06-30", 35)]
    public async Task Units_are_those_of_the_day(string at, int communes)
    {
        var request = new BatchGetUnitsRequest { At = at };
        request.Codes.AddRange(Enumerable.Range(6600, 200).Select(n => "0" + n));
        var first = await AskUnitsAsync(await ServiceTokenAsync(), request);
        request.Codes.Clear();
        request.Codes.AddRange(Enumerable.Range(6800, 200).Select(n => "0" + n));
        var second = await AskUnitsAsync(await ServiceTokenAsync(), request);
        request.Codes.Clear();
        request.Codes.AddRange(Enumerable.Range(7000, 200).Select(n => "0" + n));
        var third = await AskUnitsAsync(await ServiceTokenAsync(), request);

        Assert.Equal(communes, first.Units.Count + second.Units.Count + third.Units.Count);
        Assert.All(first.Units, u => Assert.Equal("commune", u.Level));
        Assert.All(first.Units, u => Assert.StartsWith(u.Code + "@", u.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_may_ask_for_units_but_not_for_accounts()
    {
        var token = (await site.NewBrowser().TokensAsync("officer")).GetProperty("access_token").GetString()!;

        var units = await AskUnitsAsync(token, new BatchGetUnitsRequest { Codes = { "06688" } });
        Assert.Equal("Phường Hạ Long", Assert.Single(units.Units).NameVi);
        Assert.Equal(StatusCode.PermissionDenied, await RefusalAsync(() => AskAccountsAsync(token)));
        Assert.Equal(StatusCode.PermissionDenied, await RefusalAsync(() => AskContactsAsync(token, [])));
    }

    [Fact]
    public async Task A_partner_may_ask_for_nothing_and_nobody_without_a_token()
    {
        var partner = (await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync("partner", "partner-secret", "halong.events")))
            .GetProperty("access_token").GetString();

        Assert.Equal(StatusCode.PermissionDenied, await RefusalAsync(() => AskAccountsAsync(partner)));
        Assert.Equal(StatusCode.PermissionDenied, await RefusalAsync(() => AskUnitsAsync(partner, new BatchGetUnitsRequest())));
        Assert.Equal(StatusCode.Unauthenticated, await RefusalAsync(() => AskAccountsAsync(null)));
        Assert.Equal(StatusCode.Unauthenticated, await RefusalAsync(() => AskContactsAsync("rubbish", [])));
        Assert.Equal(StatusCode.Unauthenticated, await RefusalAsync(() => AskUnitsAsync(null, new BatchGetUnitsRequest())));
    }

    [Fact]
    public async Task Two_hundred_are_answered_and_one_more_is_refused()
    {
        var token = await ServiceTokenAsync();
        var ids = Enumerable.Range(0, 200).Select(_ => Guid.CreateVersion7().ToString()).ToList();
        Assert.Empty((await AskAccountsAsync(token, ids)).Accounts);
        ids.Add(Guid.CreateVersion7().ToString());

        Assert.Equal(StatusCode.InvalidArgument, await RefusalAsync(() => AskAccountsAsync(token, ids)));
        Assert.Equal(StatusCode.InvalidArgument, await RefusalAsync(() => AskContactsAsync(token, ids)));
        var units = new BatchGetUnitsRequest();
        units.Codes.AddRange(ids);
        Assert.Equal(StatusCode.InvalidArgument, await RefusalAsync(() => AskUnitsAsync(token, units)));
    }

    [Fact]
    public async Task A_day_that_is_none_is_refused()
    {
        var token = await ServiceTokenAsync();
        Assert.Equal(StatusCode.InvalidArgument, await RefusalAsync(() => AskUnitsAsync(token, new BatchGetUnitsRequest { At = "yesterday" })));
    }

    private static async Task<StatusCode> RefusalAsync<T>(Func<Task<T>> ask) => (await Assert.ThrowsAsync<RpcException>(ask)).StatusCode;

    private async Task<string> ServiceTokenAsync() =>
        (await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync("dossier", "dossier-secret", "halong.internal"))).GetProperty("access_token").GetString()!;

    private async Task<BatchGetAccountsResponse> AskAccountsAsync(string? token, IEnumerable<string>? ids = null)
    {
        var request = new BatchGetAccountsRequest();
        request.Ids.AddRange(ids ?? []);
        return await new Accounts.AccountsClient(site.Service.Grpc(token)).BatchGetAccountsAsync(request, cancellationToken: TestContext.Current.CancellationToken);
    }

    private async Task<BatchGetContactPointsResponse> AskContactsAsync(string? token, IEnumerable<string> ids)
    {
        var request = new BatchGetContactPointsRequest();
        request.AccountIds.AddRange(ids);
        return await new Accounts.AccountsClient(site.Service.Grpc(token)).BatchGetContactPointsAsync(request, cancellationToken: TestContext.Current.CancellationToken);
    }

    private async Task<BatchGetUnitsResponse> AskUnitsAsync(string? token, BatchGetUnitsRequest request) =>
        await new V1.Units.UnitsClient(site.Service.Grpc(token)).BatchGetUnitsAsync(request, cancellationToken: TestContext.Current.CancellationToken);
}
