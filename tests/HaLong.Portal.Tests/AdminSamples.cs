namespace HaLong.Portal.Tests;

/// <summary>What the API says to an administrator, in the shapes of the services.</summary>
internal static partial class AdminSamples
{
    public static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-0000000000a1"), Other = Guid.Parse("0198e000-0000-7000-8000-0000000000a2"),
    Second = Guid.Parse("0198e000-0000-7000-8000-0000000000a3");

    private const string Now = "2026-12-01T03:00:00Z";

    private static readonly object Unit = new { id = "06658@2025-07-01", code = "06658", nameVi = "Phường Hồng Gai", nameEn = "Hong Gai ward" };

    /// <summary>All that the pages of administrators ask.</summary>
    public static void Everything(City city)
    {
        city.Says("admin/procedures/drafts", List(Draft("review")));
        city.Says($"admin/procedures/drafts/{Id}", Draft("draft"));
        city.Says($"admin/procedures/drafts/{Id}/comparison", Changes);
        city.Says("procedures/1.013831/comparison", Changes);
        city.Says("procedures/1.013831/versions", new[] { Version(Id, "inForce"), Version(Other, "past") });
        city.Says("procedures", new
        {
            items = new[] { new { code = "1.013831", name = "Đăng ký biến động",
            field = new { code = "LAND", vi = "Đất đai", en = "Land" }, level = "commune", online = true } },
            total = 1,
            matching = "exact",
            facets = new { field = Array.Empty<object>(), level = Array.Empty<object>() },
            suggestions = Array.Empty<string>()
        });
        city.Says("admin/procedures/audit", List(new { at = Now, actorId = Other, action = "draft.opened", code = "1.013831", draftId = Id }));
        city.Says("admin/notice-templates", new[] { new { kind = "dossier-accepted", @class = "status", variables = new[] { "code", "deadline" }, byTelephone = true,
            inForce = 3, draft = Id, draftState = "inReview", programDiffers = true } });
        city.Says("admin/notice-templates/dossier-accepted",
            List(new { version = 3, state = "published", inForce = true, shipped = false, validFrom = Now, note = "Rõ hơn" }));
        city.Says("admin/notice-templates/dossier-accepted/versions/3",
            new { kind = "dossier-accepted", version = 3, state = "published", shipped = false, editors = new[] { Other }, contentHash = "x", content = Texts });
        city.Says("admin/notice-templates/dossier-accepted/compare", new { differences = new[] { new { path = "vi.sms", from = "Cũ", to = "Mới" } } });
        city.Says($"admin/notice-templates/drafts/{Id}", Template("draft"));
        city.Says($"POST admin/notice-templates/drafts/{Id}/preview", Preview);
        city.Says("calendar", new
        {
            year = 2026,
            state = "draft",
            days = new[] { new { date = "2026-09-02", kind = "HOLIDAY", nameVi = "Quốc khánh", nameEn = "National Day", source = "statute", confirmed = true } },
            version = 7
        });
        city.Says("admin/calendar/changes", List(new { version = 1, year = 2026, action = "change", actorId = Other, at = Now, reason = "Thông báo 1" }));
        city.Says("units", List(UnitVersion));
        city.Says("units/06658@2025-07-01", Story);
        city.Says("units/06658/history", List(Story));
        city.Says("receiving-places", List(new
        {
            id = "p1",
            kind = "communeCentre",
            nameVi = "Trung tâm",
            nameEn = "Centre",
            unitId = "06658@2025-07-01",
            receives = new[] { "direct" },
            version = 1
        }));
        city.Says("admin/reorganisations", List(Reform()));
        city.Says($"admin/reorganisations/{Id}", Reform());
        city.Says("admin/staff", List(new
        {
            id = Other,
            kind = "official",
            userName = "hoa",
            displayName = "Trần Thị Hoa",
            closed = false,
            work = new[] { new { assignmentId = Id, unit = Unit, title = "Chuyên viên", roles = new[] { "officer" }, validFrom = "2026-01-01" } }
        }));
        city.Says($"admin/staff/{Other}", Member);
        city.Says("admin/grants", List(Grant()));
        city.Says($"admin/grants/{Id}", Grant());
        city.Says("admin/clients", List(Client()));
        city.Says("admin/clients/acme", Client());
        city.Says($"admin/destruction-lists/{Id}", Destruction());
        city.Says($"admin/destruction-lists/{Id}/items",
            List(new
            {
                number = 1,
                dossierId = Id,
                code = "H49-1",
                procedureCode = "1.013831",
                status = "RETURNED",
                closedAt = Now,
                keepUntil = "2026-01-01",
                rule = "default",
                state = "pending",
                files = Array.Empty<object>()
            }));
        city.Says($"admin/archive-exports/{Id}", new
        {
            id = Id,
            unit = "06658",
            closedFrom = "2026-01-01",
            closedTo = "2026-06-30",
            requestedBy = Other,
            requestedAt = Now,
            total = 2,
            done = 1,
            failed = 0,
            gone = 0,
            finished = false
        });
        city.Says($"admin/archive-exports/{Id}/items", List(new { dossierId = Id, code = "H49-1", state = "done", sha256 = "ab", doneAt = Now }));
        city.Says("admin/message-providers", new[] { Provider });
        city.Says("admin/message-providers/sms-main", Provider);
        city.Says("admin/messages", List(new
        {
            id = Id,
            recipientId = Other,
            dossierCode = "H49-1",
            kind = "dossier-accepted",
            channel = "sms",
            state = "failed",
            attempts = 3,
            provider = "sms-main",
            mayBeTwice = true,
            reason = "refused",
            createdAt = Now,
            dueAt = Now
        }));
        city.Says("admin/waits/counts", new
        {
            late = 2,
            near = 1,
            byReason = new[] { new { key = "CHECK", late = 2, near = 1 } },
            byWho = Array.Empty<object>(),
            byUnit = new[] { new { key = "06658", late = 2, near = 1 } }
        });
        city.Says("admin/waits", List(new
        {
            dossierId = Id,
            code = "H49-1",
            procedureCode = "1.013831",
            status = "SUBMITTED",
            unitCode = "06658",
            who = "reception",
            reason = "CHECK",
            text = "Chờ tiếp nhận",
            since = Now,
            latest = Now,
            assumed = true,
            late = true,
            warnings = Array.Empty<object>()
        }));
        city.Says("admin/seals", List(new
        {
            id = Id,
            unitCode = "06658",
            serialNumber = "1",
            subject = "UBND phường",
            createdAt = Now,
            notAfter = "2026-12-20T00:00:00Z",
            status = "current"
        }));
        city.Says("admin/imported-certificates", List(new
        {
            id = Id,
            accountId = Other,
            unitCode = "06658",
            subject = "Trần Thị Hoa",
            notAfter = "2030-12-20T00:00:00Z",
            status = "current"
        }));
        city.Says("admin/credentials", List(new { id = Id, accountId = Other, state = "active", subject = "CN=Trần Thị Hoa", unitCode = "06658", notAfter = Now }));
        city.Says("evidence/anchors", List(new { id = Id, service = "dossier", count = 10, stampedAt = Now }));
        city.Says("admin/evidence/dossier/verification",
            new
            {
                service = "dossier",
                rows = 100,
                waiting = 0,
                anchors = 3,
                witnessed = true,
                problems = 1,
                findings = new[] { new { problem = "altered", partition = 202611, position = 5, detail = "hash" } }
            });
        city.Says("admin/portal/overview", new
        {
            connected = true,
            circuit = "open",
            circuitReason = "timeouts",
            pending = 3,
            sentUnknown = 0,
            acknowledged = 10,
            rejected = 1,
            healedToday = 2
        });
        city.Says("data-requests", List(new { request = Request, accountId = Other, overdue = true }));
        city.Says($"data-requests/{Id}", new
        {
            desk = new { request = Request, accountId = Other, overdue = true },
            personName = "Lê Văn An",
            details = new { note = "Sai ngày sinh", changes = new { birthDate = "1990-02-01" } }
        });
        city.Says("admin/portal/catalogue", new
        {
            lastRead = Now,
            newest = new { state = "failed", requestedAt = Now, error = "timeout", seen = 1, changed = 0, abolished = 0 },
            counts = new { name = 1 },
            items = new[] { new { code = "1.013831", difference = "name", ours = "Tên cũ", theirs = "Tên mới" } },
            after = "n"
        });
        city.Says("admin/audit", List(new
        {
            id = Id,
            at = Now,
            actorId = Other,
            actorName = "Trần Thị Hoa",
            action = "staff.created",
            targetType = "account",
            targetId = Other,
            before = (object?)null,
            after = new { kind = "official" }
        }));
    }
}
