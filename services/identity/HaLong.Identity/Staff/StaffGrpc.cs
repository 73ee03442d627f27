using System.Globalization;
using Grpc.Core;
using HaLong.Identity.Domain;
using HaLong.Identity.Features;
using HaLong.Identity.Persistence;
using HaLong.Identity.Units;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Staff;

/// <summary>Assignments for the other services.</summary>
internal sealed class StaffGrpc(IdentityDbContext db, StaffDirectory directory, TimeProvider time) : StaffAssignments.StaffAssignmentsBase
{
    public override async Task<BatchListHoldersResponse> BatchListHolders(BatchListHoldersRequest request, ServerCallContext context)
    {
        Batch.Check(request.Questions);
        var ct = context.CancellationToken;
        var asked = request.Questions.Select(q => (Question: q, Day: DayOf(q.At))).ToList();
        var holders = new Dictionary<(DateOnly, string, string), List<RoleHolder>>();
        foreach (var day in asked.GroupBy(a => a.Day, a => a.Question))
        {
            var units = day.Select(q => q.UnitCode).Distinct().ToList();
            var roles = day.Select(q => q.Role).Distinct().ToList();
            var found = await (
                from held in StaffDirectory.HeldOn(db, day.Key, Today)
                join account in db.Accounts on held.AccountId equals account.Id
                where units.Contains(held.UnitCode) && held.Roles.Any(r => roles.Contains(r)) && !account.IsClosed
                orderby account.DisplayName, account.Id
                select new { held.UnitCode, held.Roles, held.Title, account.Id, account.DisplayName }).ToListAsync(ct);
            foreach (var (holder, role) in found.SelectMany(h => h.Roles.Select(r => (h, r))))
            {
                if (!holders.TryGetValue((day.Key, holder.UnitCode, role), out var list))
                    holders.Add((day.Key, holder.UnitCode, role), list = []);
                // Two assignments in one unit with one role are still one holder.
                if (list.TrueForAll(h => h.AccountId != holder.Id.ToString()))
                    list.Add(new RoleHolder { AccountId = holder.Id.ToString(), DisplayName = holder.DisplayName, Title = holder.Title });
            }
        }

        var answer = new BatchListHoldersResponse();
        foreach (var (question, day) in asked)
        {
            var entry = new RoleHolders { Question = question };
            entry.Holders.AddRange(holders.GetValueOrDefault((day, question.UnitCode, question.Role), []));
            answer.Answers.Add(entry);
        }

        return answer;
    }

    public override async Task<BatchGetAssignmentsResponse> BatchGetAssignments(BatchGetAssignmentsRequest request, ServerCallContext context)
    {
        Batch.Check(request.AccountIds);
        var ids = request.AccountIds.Select(t => Guid.TryParse(t, out var id) ? id : Guid.Empty).Distinct().ToList();
        var held = await directory.HeldByAsync(ids, DayOf(request.At), Today, context.CancellationToken);
        var answer = new BatchGetAssignmentsResponse();
        answer.Assignments.AddRange(held.Values.SelectMany(a => a).OrderBy(a => a.AccountId).ThenBy(a => a.Id).Select(ToMessage));
        return answer;
    }

    private static StaffAssignment ToMessage(Assignment a)
    {
        var message = new StaffAssignment
        {
            Id = a.Id.ToString(),
            AccountId = a.AccountId.ToString(),
            UnitId = a.UnitId,
            UnitCode = a.UnitCode,
            Title = a.Title,
            Primary = a.IsPrimary,
            ValidFrom = Day(a.ValidFrom),
            ValidTo = a.ValidTo is { } last ? Day(last) : "",
        };
        message.Roles.AddRange(a.Roles);
        return message;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private DateOnly Today => LocalTime.Date(time.GetUtcNow());

    private DateOnly DayOf(string text) => ListUnits.LocalDay(text, time) ?? throw new ErrorException(IdentityErrors.InvalidDate);
}
