using HaLong.Identity.Domain;
using HaLong.Identity.Units;

namespace HaLong.Identity.Administration.Reorganisations;

/// <summary>Which units end and begin, and what becomes of which; with everything that does not add up.</summary>
internal static class UnitPlan
{
    public static void Make(ReorganisationPlan plan, ReorganisationDocument document, Situation now)
    {
        Create(plan, document, now);
        End(plan, document, now);
        Connect(plan, document, now);
        CheckOverlaps(plan, now);
        CheckParents(plan, now);
        CheckWays(plan, document);
    }

    /// <summary>The unit a code means from the first day on; null when it means none.</summary>
    public static Unit? Target(ReorganisationPlan plan, Situation now, string? code) =>
        plan.Created.Find(u => u.Code == code || u.Id == code)
        ?? now.Units.SingleOrDefault(u => (u.Code == code || u.Id == code) && u.IsValidOn(plan.Effective) && !plan.Ended.Contains(u));

    private static void Create(ReorganisationPlan plan, ReorganisationDocument document, Situation now)
    {
        foreach (var input in document.Units ?? [])
        {
            if (plan.Created.Exists(u => u.Code == input.Code))
            {
                plan.Fault("duplicateUnit", input.Code!, "Mã đơn vị này xuất hiện hai lần trong tài liệu.", "This code is twice in the document.");
                continue;
            }

            var unit = new Unit
            {
                Code = input.Code!,
                ValidFrom = plan.Effective,
                NameVi = input.NameVi!.Trim(),
                ShortNameVi = input.ShortNameVi!.Trim(),
                NameEn = input.NameEn!.Trim(),
                Kind = input.Kind!,
                Level = input.Level!,
                ParentCode = input.ParentCode,
                LegalBasis = plan.LegalBasis,
                ValidFromConfirmed = true,
                FormedFromVi = input.FormedFromVi ?? [],
                SeatVi = input.SeatVi,
                Note = input.Note,
                SearchText = "",
                IsChangedHere = true,
            };
            unit.SearchText = UnitSeed.SearchTextOf(unit);
            plan.Created.Add(unit);
        }
    }

    // Who gives all of itself away ends. Who only hands a part over goes on, unless the document says that it ends.
    private static void End(ReorganisationPlan plan, ReorganisationDocument document, Situation now)
    {
        var byTransition = (document.Transitions ?? []).Where(t => !(t.Kind == TransitionKinds.Transfer && t.IsPart)).Select(t => t.From!);
        foreach (var id in (document.Ends ?? []).Concat(byTransition).Distinct(StringComparer.Ordinal))
        {
            if (now.Units.SingleOrDefault(u => u.Id == id) is not { } unit)
                plan.Fault("unknownUnit", id, "Không có đơn vị này.", "There is no such unit.");
            else if (!unit.IsValidOn(plan.LastDay) || unit.ValidTo == plan.LastDay)
                plan.Fault("notValidThen", id, "Đơn vị này không tồn tại vào ngày trước ngày hiệu lực, hoặc đã kết thúc đúng ngày đó.", "This unit does not exist on the day before the first day, or already ends with it.");
            else
                plan.Ended.Add(unit);
        }
    }

    private static void Connect(ReorganisationPlan plan, ReorganisationDocument document, Situation now)
    {
        foreach (var input in document.Transitions ?? [])
        {
            var subject = $"{input.From} > {input.To}";
            var from = now.Units.SingleOrDefault(u => u.Id == input.From);
            if (from is null || !from.IsValidOn(plan.LastDay))
            {
                // Units that would end are spoken of already.
                if (input is { Kind: TransitionKinds.Transfer, IsPart: true })
                    plan.Fault("unknownUnit", input.From!, "Không có đơn vị này vào ngày trước ngày hiệu lực.", "There is no such unit on the day before the first day.");
                continue;
            }

            if (Target(plan, now, input.To) is { } to)
            {
                if (plan.Transitions.Exists(t => t.From == from && t.To == to))
                    plan.Fault("duplicateTransition", subject, "Chuyển tiếp này xuất hiện hai lần.", "This transition is twice in the document.");
                else
                    plan.Transitions.Add((input, from, to));
            }
            else if (plan.Ended.Find(u => u.Code == input.To || u.Id == input.To) is { } ended)
            {
                if (LeadsTo(document, ended, from))
                    plan.Fault("cycle", subject, "Các đơn vị chuyển vòng tròn cho nhau.", "The units hand over to each other in a circle.");
                else
                    plan.Fault("targetEnds", subject, "Đơn vị nhận cũng kết thúc cùng ngày.", "The unit that is to take over ends on the same day.");
            }
            else
            {
                plan.Fault("unknownTarget", subject, "Không có đơn vị nhận vào ngày hiệu lực.", "There is no unit to take over on the first day.");
            }
        }
    }

    private static bool LeadsTo(ReorganisationDocument document, Unit start, Unit goal)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var next = new Queue<string>([start.Id]); next.TryDequeue(out var id);)
        {
            if (id == goal.Id)
                return true;
            if (!seen.Add(id))
                continue;
            foreach (var to in (document.Transitions ?? []).Where(t => t.From == id).Select(t => t.To!))
            {
                foreach (var source in (document.Transitions ?? []).Select(t => t.From!).Where(f => f == to || f.StartsWith(to + "@", StringComparison.Ordinal)))
                    next.Enqueue(source);
            }
        }

        return false;
    }

    private static void CheckOverlaps(ReorganisationPlan plan, Situation now)
    {
        foreach (var unit in plan.Created)
        {
            foreach (var other in now.Units.Where(u => u.Code == unit.Code && (u.ValidTo is null || u.ValidTo >= plan.Effective) && !plan.Ended.Contains(u)))
            {
                plan.Fault("overlap", unit.Id, $"Trùng mã và thời gian với {other.Id}: đơn vị đó phải kết thúc trước.", $"Has its code and time in common with {other.Id}: that one has to end first.");
            }
        }
    }

    private static void CheckParents(ReorganisationPlan plan, Situation now)
    {
        foreach (var unit in plan.Created.Where(u => u.Level != "province"))
        {
            if (unit.ParentCode is null || Target(plan, now, unit.ParentCode) is not { } parent || parent.Level == "commune" || parent == unit)
                plan.Fault("unknownParent", unit.Id, "Không có đơn vị cấp trên này vào ngày hiệu lực.", "There is no such unit above it on the first day.");
        }

        foreach (var ended in plan.Ended.Where(e => Target(plan, now, e.Code) is null))
        {
            foreach (var child in now.Units.Where(u => u.ParentCode == ended.Code && (u.ValidTo is null || u.ValidTo >= plan.Effective) && !plan.Ended.Contains(u)))
                plan.Fault("orphan", child.Id, $"Đơn vị cấp trên {ended.Id} kết thúc nhưng đơn vị này thì không.", $"The unit above it, {ended.Id}, ends, but this one does not.");
        }
    }

    private static void CheckWays(ReorganisationPlan plan, ReorganisationDocument document)
    {
        foreach (var unit in plan.Ended)
        {
            var ways = plan.Transitions.Where(t => t.From == unit).ToList();
            if (ways.Count == 0 && !(document.Transitions ?? []).Any(t => t.From == unit.Id))
            {
                if ((document.Ends ?? []).Contains(unit.Id))
                    plan.Warn("noSuccessor", unit.Id, "Đơn vị kết thúc mà không có đơn vị tiếp nhận nào.", "The unit ends and no unit takes over.");
            }

            if (ways.Count > 1 && ways.Exists(w => !w.Input.IsPart))
                plan.Fault("wholeAndMore", unit.Id, "Đã chuyển toàn bộ đơn vị thì không còn phần nào cho nơi khác.", "Where the whole unit goes to one, nothing is left for another.");
            if (ways is [{ Input: { IsPart: true, Kind: TransitionKinds.Split } }])
                plan.Warn("onePart", unit.Id, "Chỉ có một phần được ghi; phần còn lại đi đâu?", "Only one part is written down; where does the rest go?");
        }

        foreach (var unit in plan.Created.Where(u => plan.Transitions.TrueForAll(t => t.To != u) && u.FormedFromVi.Length == 0))
            plan.Warn("noPredecessor", unit.Id, "Không ghi đơn vị này được lập từ đâu.", "It is not written down what this unit is formed from.");
        if (plan.Effective < DateOnly.MaxValue && plan.Transitions.Exists(t => !(t.Input.Confirmed ?? true)))
            plan.Warn("unconfirmed", "transitions", "Có chuyển tiếp chưa được xác nhận từ nguồn chính thức.", "Some transitions are not confirmed by an official source.");
    }
}
