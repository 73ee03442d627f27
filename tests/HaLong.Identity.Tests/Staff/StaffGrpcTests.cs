using Grpc.Core;
using HaLong.Identity.Staff;
using HaLong.Identity.V1;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Staff;

public sealed class StaffGrpcTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task Holders_of_roles_are_told_per_unit_and_day()
    {
        var today = site.Today();
        var past = await site.OfficialAsync("past-approver");
        await site.AssignAsync(past, "06673", StaffKit.Terms(["approver", "officer"], today.AddDays(-30), today.AddDays(-10)));
        var now = await site.OfficialAsync("present-approver", ("06673", ["approver"]));
        var request = new BatchListHoldersRequest
        {
            Questions =
            {
                Question("approver", "06673", today.AddDays(-20)), Question("approver", "06673", today), Question("officer", "06673", today.AddDays(-20)),
                Question("officer", "06673", today), Question("approver", "07192", today), new RoleInUnit { Role = "approver", UnitCode = "06673" },
            },
        };
        var answers = (await Client(site.ServiceToken()).BatchListHoldersAsync(request)).Answers;

        Assert.Equal(request.Questions, answers.Select(a => a.Question));
        Assert.Equal(new[] { past, now }.Select(i => i.ToString()).Order(), answers[0].Holders.Select(h => h.AccountId).Order());
        Assert.Equal([now.ToString()], answers[1].Holders.Select(h => h.AccountId));
        Assert.Equal([past.ToString()], answers[2].Holders.Select(h => h.AccountId));
        Assert.Empty(answers[3].Holders);
        Assert.Empty(answers[4].Holders);
        Assert.Equal(("Cán bộ present-approver", "Chuyên viên"), (answers[5].Holders[0].DisplayName, answers[5].Holders[0].Title));
    }

    [Fact]
    public async Task Two_assignments_with_one_role_are_one_holder_and_closed_accounts_are_none()
    {
        var twice = await site.OfficialAsync("holding-twice", ("07054", ["officer"]));
        await site.AssignAsync(twice, "07054", StaffKit.Terms(["officer", "cashier"]));
        var closed = await site.OfficialAsync("holding-closed", ("07054", ["officer"]));
        await site.DatabaseAsync(async db =>
        {
            (await db.Accounts.SingleAsync(a => a.Id == closed)).Close();
            return await db.SaveChangesAsync();
        });

        var answer = await Client(site.ServiceToken()).BatchListHoldersAsync(new BatchListHoldersRequest { Questions = { Question("officer", "07054", site.Today()) } });
        Assert.Equal([twice.ToString()], answer.Answers[0].Holders.Select(h => h.AccountId));
    }

    [Fact]
    public async Task Assignments_of_accounts_are_told_with_all_units()
    {
        var id = await site.OfficialAsync("in-two", ("06688", ["officer"]), ("06685", ["cashier", "reception"]));
        var request = new BatchGetAssignmentsRequest { AccountIds = { id.ToString(), Guid.CreateVersion7().ToString(), "rubbish" } };
        var found = (await Client(site.ServiceToken()).BatchGetAssignmentsAsync(request)).Assignments;

        Assert.Equal(["06688@2025-07-01 True officer", "06685@2025-07-01 False cashier,reception"],
            found.Select(a => $"{a.UnitId} {a.Primary} {string.Join(',', a.Roles)}"));
        Assert.All(found, a => Assert.Equal((id.ToString(), "2025-07-01", "", "Chuyên viên"), (a.AccountId, a.ValidFrom, a.ValidTo, a.Title)));
    }

    [Fact]
    public async Task Accounts_are_answered_from_the_standing_with_one_question_for_all()
    {
        var ids = new List<Guid>();
        for (var n = 0; n < 5; n++)
            ids.Add(await site.OfficialAsync("batch-" + n, ("06688", ["officer"]), ("06685", ["approver"])));
        ids.Add(await site.IdOfAsync("helper"));
        ids.Add(await site.IdOfAsync("citizen"));
        var request = new BatchGetAccountsRequest();
        request.Ids.AddRange(ids.Select(i => i.ToString()));
        var accounts = (await new Accounts.AccountsClient(site.Service.Grpc(site.ServiceToken())).BatchGetAccountsAsync(request)).Accounts;

        Assert.Equal(5, accounts.Count(a => a.Kind == "official" && a.UnitCode == "06688" && a.Roles.SequenceEqual(["officer"])));
        Assert.Equal(("06688", "helper"), (accounts.Single(a => a.Kind == "helper").UnitCode, accounts.Single(a => a.Kind == "helper").Roles.Single()));
        Assert.Equal(("", "citizen"), (accounts.Single(a => a.Kind == "citizen").UnitCode, accounts.Single(a => a.Kind == "citizen").Roles.Single()));
    }

    [Fact]
    public async Task What_was_taken_today_is_not_held_today_but_was_held_before()
    {
        var today = site.Today();
        var id = await site.OfficialAsync("taken-today", ("06706", ["officer"]));
        await site.DatabaseAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync(a => a.Id == id);
            site.Register(db).End(account, await db.Assignments.SingleAsync(a => a.AccountId == id), null, ReleaseReasons.Revoked, "12/QĐ-UBND");
            return await db.SaveChangesAsync();
        });
        var answers = (await Client(site.ServiceToken()).BatchListHoldersAsync(new BatchListHoldersRequest
        {
            Questions = { Question("officer", "06706", today), Question("officer", "06706", today.AddDays(-1)) },
        })).Answers;

        Assert.Empty(answers[0].Holders);
        Assert.Equal(id.ToString(), Assert.Single(answers[1].Holders).AccountId);
    }

    [Fact]
    public async Task Only_services_may_ask_and_not_too_much_at_once()
    {
        var tooMany = new BatchListHoldersRequest();
        tooMany.Questions.AddRange(Enumerable.Range(0, 201).Select(_ => new RoleInUnit()));

        Assert.Equal(StatusCode.PermissionDenied, await RefusalAsync(await site.TokenAsync("administrator"), new BatchListHoldersRequest()));
        Assert.Equal(StatusCode.Unauthenticated, await RefusalAsync(null, new BatchListHoldersRequest()));
        Assert.Equal(StatusCode.InvalidArgument, await RefusalAsync(site.ServiceToken(), tooMany));
        Assert.Equal(StatusCode.InvalidArgument, await RefusalAsync(site.ServiceToken(), new BatchListHoldersRequest { Questions = { new RoleInUnit { At = "soon" } } }));
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await Client(await site.TokenAsync("leader")).BatchGetAssignmentsAsync(new BatchGetAssignmentsRequest()));
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    private static RoleInUnit Question(string role, string unit, DateOnly day) => new() { Role = role, UnitCode = unit, At = day.Iso() };

    private StaffAssignments.StaffAssignmentsClient Client(string? token) => new(site.Service.Grpc(token));

    private async Task<StatusCode> RefusalAsync(string? token, BatchListHoldersRequest request) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await Client(token).BatchListHoldersAsync(request))).StatusCode;
}
