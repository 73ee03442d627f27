namespace HaLong.Portal.Tests;

/// <summary>What the API says to an administrator, in the shapes of the services.</summary>
internal static class AdminSamples
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
            status = "valid"
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

    public static object List(params object[] items) => new { items, after = "next" };

    public static object Draft(string state, params Guid[] editors) => new
    {
        id = Id,
        code = "1.013831",
        state,
        repeal = false,
        validFrom = "2027-01-01",
        note = "Giảm giấy tờ",
        createdAt = Now,
        updatedAt = Now,
        editors = editors.Length == 0 ? [Other] : editors,
        defects = new[] { new { path = "fees[0].rule", message = "còn thiếu" } },
        content = new
        {
            code = "1.013831",
            nameVi = "Đăng ký biến động",
            nameEn = "Registration of change",
            field = new { code = "LAND", vi = "Đất đai", en = "Land" },
            level = new { y2023 = "district", since20250701 = "commune" },
            competentAgency = new { y2023 = "landRegistryBranch", since20250701 = "landRegistryBranch" },
            subjects = new[] { "citizen" },
            components = new[] { new { nameVi = "Đơn", nameEn = "Form", required = true, originals = 1, copies = 0, reuse = new { fromStore = true } } },
            timeLimit = new { value = 18, unit = "workingDay", note = "Theo cổng" },
            fees = new[] { new { kind = "phi", nameVi = "Phí thẩm định", amountVnd = 100000, rule = "NQ 1", channel = "any" } },
            onlineLevel = "full",
            channels = new[] { "online" },
            legalBasis = new[] { "31/2024/QH15" },
            sourceNote = "giữ nguyên",
        },
    };

    public static object Template(string state, params Guid[] editors) => new
    {
        id = Id,
        kind = "dossier-accepted",
        state,
        basedOn = 3,
        note = "Rõ hơn",
        editors = editors.Length == 0 ? [Other] : editors,
        createdAt = Now,
        updatedAt = Now,
        contentHash = "x",
        content = Texts,
        defects = new[] { new { path = "en.sms", message = "còn thiếu" } },
    };

    public static object Grant(Guid? by = null) => new
    {
        id = Id,
        accountId = Other,
        displayName = "Trần Thị Hoa",
        unit = Unit,
        title = "Phó Chủ tịch",
        roles = new[] { "approver" },
        validFrom = "2026-12-01",
        state = "pending",
        requestedBy = by ?? Other,
        requestedAt = Now,
        expiresAt = Now,
    };

    public static object Client(bool disabled = false) => new
    {
        clientId = "acme",
        name = "Bưu điện tỉnh",
        type = "confidential",
        authentication = "secret",
        grant = "clientCredentials",
        scopes = new[] { "halong.events" },
        redirectUris = Array.Empty<string>(),
        postLogoutRedirectUris = Array.Empty<string>(),
        keyIds = Array.Empty<string>(),
        managedBy = "administrators",
        disabled,
        createdAt = Now,
        version = 7,
        contactEmail = "it@example.vn",
    };

    public static object Destruction(string state = "proposed", Guid? by = null) => new
    {
        id = Id,
        unit = "06658",
        state,
        legalBasis = "Điều 1",
        count = 1,
        proposedBy = by ?? Other,
        proposedAt = Now,
        minutes = state == "executed" ? $"/api/v1/admin/destruction-lists/{Id}/minutes" : null,
        version = 7,
    };

    public static object Reform(Guid? by = null, bool applicable = false) => new
    {
        id = Id,
        state = "draft",
        effective = "2027-07-01",
        legalBasis = "Nghị quyết 1",
        submittedBy = by ?? Other,
        submittedAt = Now,
        report = new
        {
            applicable,
            effective = "2027-07-01",
            ended = new[] { "06658@2025-07-01" },
            created = new[] { "06700@2027-07-01" },
            transitions = 1,
            placesOpened = 1,
            placesClosed = 1,
            splits = new[] { new { unitId = "06658@2025-07-01", targets = new[] { "06700", "06701" }, staff = 3, choice = (string?)null } },
            moves = new[] { new { assignmentId = Id, accountId = Other, from = "06658@2025-07-01", to = "06700", how = "automatic" } },
            grantsWithdrawn = 0,
            faults = new[] { new { code = "gap", subject = "06658", vi = "Thiếu nơi kế thừa", en = "No successor" } },
            warnings = Array.Empty<object>(),
        },
        version = 7,
    };

    private static object Request => new
    {
        id = Id,
        kind = "correct",
        state = "received",
        regime = "2026",
        receivedAt = Now,
        acknowledgeBy = Now,
        completeBy = Now,
        version = 7
    };

    private static object Provider => new
    {
        name = "sms-main",
        channel = "sms",
        isOn = true,
        mode = "enabled",
        configuredWeight = 1.0,
        weight = 0.5,
        attempts = 10,
        bad = 5,
        circuitOpen = true
    };

    private static object Changes => new
    {
        from = Other,
        to = Id,
        changes = new[] { new { path = "nameVi", label = "Tên", kind = "changed", before = "Cũ", after = "Mới" } }
    };

    private static object Version(Guid id, string state) => new { versionId = id, state, validFrom = "2026-01-01", name = "Đăng ký biến động", contentHash = "x" };

    private static object UnitVersion => new
    {
        id = "06658@2025-07-01",
        code = "06658",
        nameVi = "Phường Hồng Gai",
        shortNameVi = "Hồng Gai",
        nameEn = "Hong Gai ward",
        kind = "ward",
        level = "commune",
        parentCode = "22",
        validFrom = "2025-07-01"
    };

    private static object Story => new
    {
        unit = UnitVersion,
        formedFromVi = new[] { "Phường cũ" },
        agencyCodes = Array.Empty<object>(),
        successors = Array.Empty<object>(),
        version = 7,
        predecessors = new[] { new { unit = Unit, kind = "merge", part = true, automatic = false, confirmed = true, effective = "2025-07-01",
            legalBasis = "NQ 1679" } },
    };

    private static object Member => new
    {
        id = Other,
        kind = "official",
        userName = "hoa",
        displayName = "Trần Thị Hoa",
        language = "vi",
        closed = false,
        hasPassword = false,
        createdAt = Now,
        grants = new[] { Grant() },
        assignments = new[] { new { id = Id, unit = Unit, title = "Chuyên viên", roles = new[] { "officer" }, validFrom = "2026-01-01", primary = true,
            version = 5 } },
    };

    private static object Texts => new
    {
        variables = new[] { "code" },
        vi = new
        {
            inApp = new { title = "Hồ sơ {{code}}", body = "Đã tiếp nhận" },
            email = new { subject = "Hồ sơ {{code}}", text = new[] { "Một", "Hai" }, html = new[] { "<p>Một</p>" } },
            sms = "Hạ Long: {{code}}",
            push = new { title = "Hồ sơ", body = "Đã nhận" },
            zalo = new { templateId = "12", parameters = new { MaHoSo = "{{code}}" } }
        },
        en = new
        {
            inApp = new { title = "Dossier {{code}}", body = "Accepted" },
            email = new { subject = "Dossier {{code}}", text = new[] { "One" }, html = new[] { "<p>One</p>" } },
            sms = "Ha Long: {{code}}",
            push = new { title = "Dossier", body = "Accepted" }
        },
    };

    private static object Preview => new
    {
        kind = "dossier-accepted",
        vi = new
        {
            inApp = new { title = "Hồ sơ H49", body = "Đã tiếp nhận" },
            email = new { subject = "Hồ sơ H49", text = "Một", html = "<p>Một</p>" },
            sms = new { text = "Ho so H49", encoding = "gsm7", characters = 9, units = 9, parts = 1 },
            push = new { title = "Hồ sơ", body = "Đã nhận", url = "/" },
            zalo = new { templateId = (string?)null, parameters = new { MaHoSo = "H49" } }
        },
        en = (object?)null,
        defects = Array.Empty<object>(),
        warnings = new[] { new { path = "vi.sms", message = "dài" } },
    };
}
