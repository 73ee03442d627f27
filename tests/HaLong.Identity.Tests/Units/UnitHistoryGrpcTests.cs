using Grpc.Core;
using HaLong.Identity.V1;

namespace HaLong.Identity.Tests.Units;

public sealed class UnitHistoryGrpcTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task Codes_are_looked_up_each_on_a_day_of_its_own()
    {
        var request = new BatchFindUnitsRequest
        {
            Questions =
            {
                new UnitOnDay { Code = "06688", At = "2025-06-30" }, new UnitOnDay { Code = "06688", At = "2025-07-01" },
                new UnitOnDay { Code = "06664", At = "2025-07-01" }, new UnitOnDay { Code = "06688" }, new UnitOnDay { Code = "99999" },
            },
        };
        var answers = (await Client(site.ServiceToken()).BatchFindUnitsAsync(request)).Answers;

        Assert.Equal(["Phường Hồng Hải", "Phường Hạ Long", null, "Phường Hạ Long", null], answers.Select(a => a.Unit?.NameVi));
        Assert.Equal(request.Questions, answers.Select(a => a.Question));
    }

    [Fact]
    public async Task Units_are_mapped_and_divided_ones_are_choices()
    {
        var request = new BatchMapUnitsRequest { To = "2025-07-01", Ids = { "06664@2020-01-01", "06655@2020-01-01", "06688@2020-01-01", "nothing@2020-01-01" } };
        var units = (await Client(site.ServiceToken()).BatchMapUnitsAsync(request)).Units;

        Assert.Equal(["06664@2020-01-01", "06655@2020-01-01", "06688@2020-01-01"], units.Select(u => u.Id));
        Assert.Equal("06652@2025-07-01", units[0].Unit.Id);
        Assert.True(units[1].NeedsChoice);
        Assert.Null(units[1].Unit);
        Assert.Equal(["06661", "06706"], units[1].Choices.Select(u => u.Code));
        Assert.Equal(("06688@2025-07-01", true), (units[2].Unit.Id, units[2].Confirmed));
    }

    [Fact]
    public async Task A_person_may_ask_and_nobody_without_a_token()
    {
        Assert.Single((await Client(await site.TokenAsync("citizen")).BatchFindUnitsAsync(new BatchFindUnitsRequest { Questions = { new UnitOnDay { Code = "22" } } })).Answers);

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await Client(null).BatchFindUnitsAsync(new BatchFindUnitsRequest()));
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public async Task Too_many_and_days_that_are_none_are_refused()
    {
        var tooMany = new BatchFindUnitsRequest();
        tooMany.Questions.AddRange(Enumerable.Range(0, 201).Select(n => new UnitOnDay { Code = n.ToString("00000", null) }));

        Assert.Equal(StatusCode.InvalidArgument, await RefusalAsync(c => c.BatchFindUnitsAsync(tooMany)));
        Assert.Equal(StatusCode.InvalidArgument, await RefusalAsync(c => c.BatchFindUnitsAsync(new BatchFindUnitsRequest { Questions = { new UnitOnDay { At = "soon" } } })));
        Assert.Equal(StatusCode.InvalidArgument, await RefusalAsync(c => c.BatchMapUnitsAsync(new BatchMapUnitsRequest { To = "soon" })));
        Assert.Equal(StatusCode.InvalidArgument, await RefusalAsync(c => c.BatchMapUnitsAsync(new BatchMapUnitsRequest { Ids = { "06688@2025-07-01" }, To = "2020-01-01" })));
    }

    private UnitHistory.UnitHistoryClient Client(string? token) => new(site.Service.Grpc(token));

    private async Task<StatusCode> RefusalAsync<T>(Func<UnitHistory.UnitHistoryClient, AsyncUnaryCall<T>> ask) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await ask(Client(site.ServiceToken())))).StatusCode;
}
