using System.Text.Json;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Dossiers.Drafts;

/// <summary>412 with what to do about it: each field that two changed, with what both knew, mine and theirs, and the fields that can be merged.</summary>
internal static class ConflictProblem
{
    /// <summary>A change of the caller's that stands in nobody's way.</summary>
    internal sealed record Mergeable(string Pointer, JsonElement? Mine);

    public static IResult Of(ThreeWay comparison, bool isBaseKnown, uint version)
    {
        var stale = CommonErrors.StaleRevision;
        var problem = new ProblemDetails { Status = StatusCodes.Status412PreconditionFailed, Title = stale.Message, Type = "/errors/" + stale.Code };
        problem.Extensions["code"] = stale.Code;
        problem.Extensions["currentRevision"] = Etag.Of(version);
        problem.Extensions["baseKnown"] = isBaseKnown;
        problem.Extensions["conflicts"] = comparison.Conflicts;
        problem.Extensions["mergeable"] = comparison.Mine.Select(c => new Mergeable(c.Pointer, c.After is null ? null : DraftDocument.Element(c.After))).ToList();
        problem.Extensions["advice"] = comparison.Conflicts.Count == 0 && isBaseKnown
            ? Text.Bilingual("Các ô bạn sửa không ai khác sửa; gửi lại với “?merge=true” để gộp.", "Nobody else changed your fields; send it again with “?merge=true” to merge.")
            : Text.Bilingual("Hãy chọn giá trị cho từng ô trong “conflicts” rồi gửi lại với phiên bản hiện tại.", "Choose a value for each field of “conflicts” and send it with the current revision.");
        return TypedResults.Problem(problem);
    }
}
