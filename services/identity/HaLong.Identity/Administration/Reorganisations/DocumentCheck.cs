using System.Text.RegularExpressions;
using HaLong.Identity.Domain;
using HaLong.Identity.Units;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Administration.Reorganisations;

/// <summary>What is wrong with the document by itself, before it is held against the units there are.</summary>
internal static partial class DocumentCheck
{
    private const int Most = 5000;
    private const int MostMessages = 50;

    public static Error? Check(ReorganisationDocument document)
    {
        var messages = new List<FieldMessage>();
        if (document.Effective is null)
            messages.Add(new FieldMessage("effective", "Cần ngày có hiệu lực.", "The first day of the new order is needed."));
        if (string.IsNullOrWhiteSpace(document.LegalBasis) || document.LegalBasis.Length > 500)
            messages.Add(new FieldMessage("legalBasis", "Cần căn cứ pháp lý, tối đa 500 ký tự.", "The decision is needed, in at most 500 characters."));
        if (document is { Units: null or [], Ends: null or [], Transitions: null or [] })
            messages.Add(new FieldMessage("units", "Tài liệu không thay đổi đơn vị nào.", "The document changes no unit."));
        Each("units", document.Units, messages, Unit);
        Each("ends", document.Ends, messages, (_, _) => { });
        Each("transitions", document.Transitions, messages, Transition);
        Each("splitChoices", document.SplitChoices, messages, (c, say) => Need(c.From is not null && c.To is not null, say, "from", "Cần from và to.", "From and to are needed."));
        Each("staffMoves", document.StaffMoves, messages, (m, say) => Need(
            m.End == true ? m.To is null : m.To is not null, say, "to", "Cần to, hoặc end = true.", "Either to, or end = true, is needed."));
        Each("groups", document.Groups, messages, (g, say) => Need(
            g.Code is not null && g.UnitCodes is { Length: > 0 }, say, "unitCodes", "Cần mã nhóm và các đơn vị.", "The code of the group and its units are needed."));
        Each("receivingPlaces", document.ReceivingPlaces, messages, Place);
        return messages.Count == 0 ? null : IdentityErrors.ReorganisationUnreadable with { FieldMessages = [.. messages.Take(MostMessages)] };
    }

    private static void Unit(ReorganisationDocument.UnitInput unit, Action<string, string, string> say)
    {
        Need(unit.Code is not null && Code().IsMatch(unit.Code), say, "code", "Mã có 2–10 chữ số.", "A code has 2 to 10 digits.");
        foreach (var (field, text) in (ReadOnlySpan<(string, string?)>)[("nameVi", unit.NameVi), ("shortNameVi", unit.ShortNameVi), ("nameEn", unit.NameEn)])
            Need(!string.IsNullOrWhiteSpace(text) && text.Length <= 200, say, field, "Tên có 1–200 ký tự.", "A name has 1 to 200 characters.");
        Need(Domain.Unit.Kinds.Contains(unit.Kind), say, "kind", "Loại: " + string.Join(", ", Domain.Unit.Kinds) + ".", "Kinds: " + string.Join(", ", Domain.Unit.Kinds) + ".");
        Need(Domain.Unit.Levels.Contains(unit.Level), say, "level", "Cấp: province, district, commune.", "Levels: province, district, commune.");
    }

    private static void Transition(ReorganisationDocument.TransitionInput transition, Action<string, string, string> say)
    {
        Need(transition.From is not null && transition.To is not null, say, "from", "Cần from và to.", "From and to are needed.");
        Need(TransitionKinds.All.Contains(transition.Kind), say, "kind", "Loại: " + string.Join(", ", TransitionKinds.All) + ".", "Kinds: " + string.Join(", ", TransitionKinds.All) + ".");
        Need(!(transition.IsPart && transition.IsAutomatic), say, "automatic", "Một phần đơn vị không thể chuyển tự động.", "A part of a unit never moves by itself.");
        Need(transition.Kind != TransitionKinds.Split || transition.IsPart, say, "part", "Chia tách thì mỗi nơi nhận một phần.", "In a split each target gets a part.");
    }

    private static void Place(ReorganisationDocument.PlaceInput place, Action<string, string, string> say)
    {
        Need(place.Id is null or { Length: > 0 and <= 40 }, say, "id", "Mã có tối đa 40 ký tự.", "An id has at most 40 characters.");
        Need(ReceivingPlace.Kinds.Contains(place.Kind), say, "kind", "Loại: " + string.Join(", ", ReceivingPlace.Kinds) + ".", "Kinds: " + string.Join(", ", ReceivingPlace.Kinds) + ".");
        foreach (var (field, text) in (ReadOnlySpan<(string, string?)>)[("nameVi", place.NameVi), ("nameEn", place.NameEn)])
            Need(!string.IsNullOrWhiteSpace(text) && text.Length <= 200, say, field, "Tên có 1–200 ký tự.", "A name has 1 to 200 characters.");
        Need(place.Receives is { Length: > 0 } ways && ways.All(ReceivingPlace.Ways.Contains), say, "receives", "Cách tiếp nhận: direct, online, post, internal.", "Ways to receive: direct, online, post, internal.");
        Need(place.Unit is not null, say, "unit", "Cần mã đơn vị.", "The code of the unit is needed.");
    }

    private static void Each<T>(string list, T[]? items, List<FieldMessage> messages, Action<T, Action<string, string, string>> check)
    {
        if (items?.Length > Most)
            messages.Add(new FieldMessage(list, $"Tối đa {Most} mục.", $"At most {Most} entries."));
        for (var n = 0; n < Math.Min(items?.Length ?? 0, Most); n++)
        {
            var path = FormattableString.Invariant($"{list}[{n}]");
            if (items![n] is { } item)
                check(item, (field, vi, en) => messages.Add(new FieldMessage($"{path}.{field}", vi, en)));
            else
                messages.Add(new FieldMessage(path, "Mục trống.", "Empty entry."));
        }
    }

    private static void Need(bool isSo, Action<string, string, string> say, string field, string vi, string en)
    {
        if (!isSo)
            say(field, vi, en);
    }

    [GeneratedRegex("^[0-9]{2,10}$")]
    private static partial Regex Code();
}
