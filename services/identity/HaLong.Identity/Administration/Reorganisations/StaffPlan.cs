using HaLong.Identity.Staff;
using HaLong.Identity.Units;

namespace HaLong.Identity.Administration.Reorganisations;

/// <summary>What becomes of the staff, places and groups of units that end.</summary>
internal static class StaffPlan
{
    public const string NeedsChoice = "needsChoice";

    public static void Make(ReorganisationPlan plan, ReorganisationDocument document, Situation now)
    {
        ReadChoices(plan, document, now);
        var moves = ReadMoves(plan, document, now);
        foreach (var assignment in Affected(plan, now))
            Place(plan, now, assignment, moves.GetValueOrDefault(assignment.Id));
        plan.Grants.AddRange(now.Grants.Where(g => plan.Ended.Exists(u => u.Id == g.UnitId)));
        if (plan.Grants.Count > 0)
            plan.Warn("grantsWithdrawn", "grants", $"{plan.Grants.Count} đề nghị cấp quyền đang chờ sẽ bị hủy.", $"{plan.Grants.Count} waiting requests for roles will be withdrawn.");
        if (plan.Effective <= now.Today)
            plan.Warn("late", "effective", "Ngày hiệu lực đã qua hoặc là hôm nay: thay đổi có tác dụng ngay và tính lùi.", "The first day is today or past: it takes effect at once and back to that day.");
        PlanPlaces(plan, document, now);
        PlanGroups(plan, document, now);
    }

    private static IEnumerable<Assignment> Affected(ReorganisationPlan plan, Situation now) =>
        now.Assignments.Where(a => a.Overlaps(plan.Effective, null) && plan.Ended.Exists(u => u.Id == a.UnitId));

    private static void ReadChoices(ReorganisationPlan plan, ReorganisationDocument document, Situation now)
    {
        foreach (var choice in document.SplitChoices ?? [])
        {
            if (UnitPlan.Target(plan, now, choice.To) is { } to && plan.Transitions.Exists(t => t.From.Id == choice.From && t.To == to))
                plan.Choices[choice.From!] = to;
            else
                plan.Fault("choiceIsNoTarget", $"{choice.From} > {choice.To}", "Nơi được chọn không nằm trong các nơi nhận của đơn vị này.", "What was chosen is not among the units that take over from this one.");
        }
    }

    private static Dictionary<Guid, ReorganisationDocument.StaffMove> ReadMoves(ReorganisationPlan plan, ReorganisationDocument document, Situation now)
    {
        var affected = Affected(plan, now).Select(a => a.Id).ToHashSet();
        var moves = new Dictionary<Guid, ReorganisationDocument.StaffMove>();
        foreach (var move in document.StaffMoves ?? [])
        {
            var subject = move.AssignmentId.ToString();
            if (!affected.Contains(move.AssignmentId))
                plan.Fault("moveNotNeeded", subject, "Phân công này không thuộc đơn vị nào kết thúc.", "This assignment is not in a unit that ends.");
            else if (move.End != true && UnitPlan.Target(plan, now, move.To) is null)
                plan.Fault("unknownTarget", subject, "Không có đơn vị nhận vào ngày hiệu lực.", "There is no unit to go to on the first day.");
            else if (!moves.TryAdd(move.AssignmentId, move))
                plan.Fault("duplicateMove", subject, "Phân công này xuất hiện hai lần.", "This assignment is twice in the document.");
        }

        return moves;
    }

    private static void Place(ReorganisationPlan plan, Situation now, Assignment assignment, ReorganisationDocument.StaffMove? move)
    {
        var ways = plan.Transitions.Where(t => t.From.Id == assignment.UnitId).ToList();
        if (move is not null)
            plan.Moves.Add((assignment, move.End == true ? null : UnitPlan.Target(plan, now, move.To), move.End == true ? "ended" : "explicit"));
        else if (plan.Choices.TryGetValue(assignment.UnitId, out var chosen))
            plan.Moves.Add((assignment, chosen, "split_choice"));
        else if (ways is [{ Input: { IsPart: false, IsAutomatic: true } }])
            plan.Moves.Add((assignment, ways[0].To, "automatic"));
        else if (ways.Count > 0)
            plan.Fault(NeedsChoice, assignment.UnitId, $"Phân công {assignment.Id}: đơn vị được chia tách, cần chọn nơi đến.", $"Assignment {assignment.Id}: the unit is divided, somebody has to choose where it goes.");
        else
            plan.Fault("staffWithoutTarget", assignment.UnitId, $"Phân công {assignment.Id}: không có đơn vị tiếp nhận.", $"Assignment {assignment.Id}: no unit takes over.");
    }

    private static void PlanPlaces(ReorganisationPlan plan, ReorganisationDocument document, Situation now)
    {
        plan.Closed.AddRange(now.Places.Where(p => ReceivingPlace.OfUnit.Contains(p.Kind) && (p.ValidTo is null || p.ValidTo >= plan.Effective)
            && plan.Ended.Exists(u => u.Id == p.UnitId)));
        foreach (var input in document.ReceivingPlaces ?? [])
        {
            var subject = input.Id ?? input.NameVi!;
            if (UnitPlan.Target(plan, now, input.Unit) is not { } unit)
                plan.Fault("unknownTarget", subject, "Không có đơn vị này vào ngày hiệu lực.", "There is no such unit on the first day.");
            else if (input.Id is not null && (now.Places.Any(p => p.Id == input.Id) || plan.Opened.Exists(o => o.Input.Id == input.Id)))
                plan.Fault("duplicatePlace", subject, "Mã nơi tiếp nhận đã có.", "There already is a place with this id.");
            else
                plan.Opened.Add((input, unit));
        }
    }

    private static void PlanGroups(ReorganisationPlan plan, ReorganisationDocument document, Situation now)
    {
        foreach (var input in document.Groups ?? [])
        {
            var group = now.Groups.SingleOrDefault(g => g.Code == input.Code);
            if (group is null || plan.Groups.Exists(g => g.Group == group))
                plan.Fault("unknownGroup", input.Code!, "Không có nhóm này, hoặc nhóm xuất hiện hai lần.", "There is no such group, or it is twice in the document.");
            else if (group.Periods.Exists(p => p.ValidFrom >= plan.Effective))
                plan.Fault("groupOverlap", input.Code!, "Nhóm đã có giai đoạn bắt đầu từ ngày hiệu lực.", "The group already has a period that begins on the first day or later.");
            else if (input.UnitCodes!.FirstOrDefault(c => UnitPlan.Target(plan, now, c) is null) is { } missing)
                plan.Fault("unknownTarget", $"{input.Code} > {missing}", "Không có đơn vị này vào ngày hiệu lực.", "There is no such unit on the first day.");
            else
                plan.Groups.Add((group, input.UnitCodes!));
        }

        foreach (var group in now.Groups.Where(g => plan.Groups.TrueForAll(p => p.Group != g)
            && g.On(plan.Effective) is { } period && (plan.Ended.Exists(u => u.Code == period.ParentCode || (period.UnitCodes.Contains(u.Code) && UnitPlan.Target(plan, now, u.Code) is null)))))
        {
            plan.Warn("groupLosesMembers", group.Code, "Nhóm này mất thành viên và tài liệu không nói về nó.", "This group loses members and the document does not speak of it.");
        }
    }
}
